BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $pixels = ConvertTo-KMeansPoint $samples/rocket.jpg
    $colors = $pixels | New-KMeansCentroid -K 16 -Seed 1
    $near = $pixels | Find-KMeansCentroid -Centroid $colors
}

Describe 'Export-KMeansImage' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
    }

    It 'writes the picture in the colours of the centroids' {
        $near | Export-KMeansImage by-hand.png | Should -BeNullOrEmpty
        $back = ConvertTo-KMeansPoint by-hand.png
        $back.Picture.Width | Should -Be 640
        foreach ($i in 0, 12345, 273279) {
            $back.GetPoint($i) | Should -Be $colors[$near.Cluster[$i]].Centroid
        }
    }

    It 'finds the way back from 0..1 too' {
        $unit = ConvertTo-KMeansPoint $samples/rocket.jpg -PixelRange Unit
        $unit | Find-KMeansCentroid -Centroid @((0, 0, 0), (1, 1, 1), (0.5, 0.25, 0)) | Export-KMeansImage unit.png
        $levels = (ConvertTo-KMeansPoint unit.png | Get-KMeansCluster -K 3 -Seed 1).Centroid
        $levels | ForEach-Object { $_ | Should -BeIn 0, 255, 128, 64 }
    }

    It 'writes the assignment of Get-KMeansCluster -PassThru' {
        $file = $pixels | Get-KMeansCluster -K 4 -Seed 1 -PassThru | Export-KMeansImage four.png -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Length | Should -BeGreaterThan 0
        $file.Name | Should -Be 'four.png'
    }

    It 'writes fewer bytes at a higher -CompressionLevel' {
        $lengths = 'NoCompression', 'Fastest', 'Optimal', 'SmallestSize' | ForEach-Object {
            ($near | Export-KMeansImage "$_.png" -CompressionLevel $_ -PassThru).Length
        }
        $lengths | Should -Be @($lengths | Sort-Object -Descending -Unique)
    }

    It 'keeps a file that is there, unless -Force says otherwise' {
        Set-Content there.png 'precious'
        (Get-FirstError { $near | Export-KMeansImage there.png }).FullyQualifiedErrorId | Should -Be 'DestinationExists,KMeansPS.Commands.ExportKMeansImageCommand'
        Get-Content there.png | Should -Be 'precious'
        $near | Export-KMeansImage there.png -Force
        (ConvertTo-KMeansPoint there.png).Picture.Height | Should -Be 427
    }

    It 'writes nothing with -WhatIf' {
        $near | Export-KMeansImage what.png -WhatIf
        'what.png' | Should -Not -Exist
    }

    It 'takes every sign of a name as it is' {
        foreach ($name in "[1] na`u{ef}ve.png", '-x.png') {
            $near | Export-KMeansImage $name
            Test-Path -LiteralPath "$TestDrive/$name" | Should -BeTrue
        }
    }

    It 'makes a folder that is missing' {
        $near | Export-KMeansImage new/deep/x.png
        'new/deep/x.png' | Should -Exist
    }

    It 'refuses what cannot be such a picture' {
        $points = Import-KMeansPoint $samples/clusters.csv
        $many = $pixels | New-KMeansCentroid -K 257 -Method Random -Seed 1
        (Get-FirstError { $points | Find-KMeansCentroid -Centroid @((1, 2), (3, 4)) | Export-KMeansImage x.png }).FullyQualifiedErrorId | Should -Match '^AssignmentNotPicture,'
        (Get-FirstError { $pixels | Find-KMeansCentroid -Centroid $many | Export-KMeansImage x.png }).FullyQualifiedErrorId | Should -Match '^AssignmentNotPicture,'
        (Get-FirstError { $near | Export-KMeansImage x.jpg }).FullyQualifiedErrorId | Should -Match '^DestinationNotPng,'
        (Get-FirstError { $near | Export-KMeansImage Env:x.png }).FullyQualifiedErrorId | Should -Match '^ProviderNotFileSystem,'
        $null = New-Item -ItemType Directory folder.png
        (Get-FirstError { $near | Export-KMeansImage folder.png }).FullyQualifiedErrorId | Should -Match '^DestinationIsFolder,'
        (Get-FirstError { $near, $near | Export-KMeansImage twice.png -Force }).FullyQualifiedErrorId | Should -Match '^DestinationShared,'
        Get-ChildItem -File | Select-Object -ExpandProperty Name | Should -Be 'twice.png'
    }
}
