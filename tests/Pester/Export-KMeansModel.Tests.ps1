BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $clusters = Import-KMeansPoint $samples/clusters.csv | Get-KMeansCluster -K 3 -Seed 1 -Scale ZScore
    $model = $clusters[0].Model
}

Describe 'Export-KMeansModel' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'writes JSON that a person can read, with one cluster a line' {
        $model | Export-KMeansModel model.json | Should -BeNullOrEmpty
        $lines = Get-Content model.json
        $lines | Where-Object { $_ -match '"centroid"' } | Should -HaveCount 3
        $json = $lines | ConvertFrom-Json
        $json.format | Should -Be 'KMeansPS model'
        $json.version | Should -Be 1
        $json.k | Should -Be 3
        $json.columns | Should -Be 'x', 'y'
        $json.elementType | Should -Be 'double'
        $json.seed | Should -Be 1
        $json.scaling.method | Should -Be 'ZScore'
        $json.clusters.ForEach({ $_.count }) | Should -Be $model.Counts
        $json.clusters[2].centroid | Should -Be $clusters[2].Centroid
    }

    It 'takes the clusters of a run from the pipe, and writes their model once' {
        $file = $clusters | Export-KMeansModel clusters.json -PassThru
        $file | Should -HaveCount 1
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -Be 'clusters.json'
        (Import-KMeansModel clusters.json).K | Should -Be 3
        Export-KMeansModel list.json -InputObject $clusters
        Export-KMeansModel one.json -Model $clusters[1]
        (Get-FileHash clusters.json, list.json, one.json).Hash | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'keeps a file that is there, unless -Force says otherwise' {
        Set-Content there.json 'precious'
        $errors = @($clusters | Export-KMeansModel there.json -ErrorAction Continue 2>&1)
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'DestinationExists,KMeansPS.Commands.ExportKMeansModelCommand'
        Get-Content there.json | Should -Be 'precious'
        $clusters | Export-KMeansModel there.json -Force
        (Import-KMeansModel there.json).K | Should -Be 3
        Get-ChildItem -Force | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        $model | Export-KMeansModel what.json -WhatIf
        'what.json' | Should -Not -Exist
    }

    It 'takes every sign of a name as it is, and makes a folder that is missing' {
        foreach ($name in "[1] na`u{ef}ve.json", '-x.json', 'new/deep/x.json') {
            $model | Export-KMeansModel $name
            Test-Path -LiteralPath "$TestDrive/$name" | Should -BeTrue
        }
    }

    It 'refuses what is no model, and two models for one file' {
        $other = (1, 2, 9 | Get-KMeansCluster -K 2 -Seed 1)[0].Model
        (Get-FirstError { 1 | Export-KMeansModel x.json }).FullyQualifiedErrorId | Should -Match '^NotAModel,'
        (Get-FirstError { $model | Export-KMeansModel Env:x.json }).FullyQualifiedErrorId | Should -Match '^ProviderNotFileSystem,'
        $null = New-Item -ItemType Directory folder
        (Get-FirstError { $model | Export-KMeansModel folder }).FullyQualifiedErrorId | Should -Match '^DestinationIsFolder,'
        (Get-FirstError { $model, $other | Export-KMeansModel two.json -Force }).FullyQualifiedErrorId | Should -Match '^DestinationShared,'
        (Import-KMeansModel two.json).K | Should -Be 3
    }

    It 'leaves nothing where the folder cannot be written' -Skip:($IsWindows -or (id -u) -eq 0) {
        $null = New-Item -ItemType Directory locked
        chmod 555 locked
        (Get-FirstError { $model | Export-KMeansModel locked/x.json }).FullyQualifiedErrorId | Should -Match '^FileAccessDenied,'
        Get-ChildItem locked -Force | Should -BeNullOrEmpty
    }
}
