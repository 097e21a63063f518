BeforeAll {
    . $PSScriptRoot/Suite.ps1
}

Describe 'ConvertTo-KMeansPoint of a picture' {
    It 'gives a point of red, green and blue for each pixel, and knows the size' {
        $pixels = ConvertTo-KMeansPoint $samples/rocket.jpg
        $pixels.Picture.Width | Should -Be 640
        $pixels.Picture.Height | Should -Be 427
        $pixels.Count | Should -Be (640 * 427)
        $pixels.Dimension | Should -Be 3
        $pixels.ElementType | Should -Be ([float])
        $pixels.ColumnName | Should -Be 'Red', 'Green', 'Blue'
        $pixels.GetPoint(0) | ForEach-Object { $_ | Should -Be ([math]::Floor($_)) }
    }

    It 'scales to 0..1 with -PixelRange Unit' {
        $byte = ConvertTo-KMeansPoint $samples/rocket.jpg
        $unit = ConvertTo-KMeansPoint $samples/rocket.jpg -PixelRange Unit
        foreach ($i in 0, 1000, 200000) {
            $unit.GetPoint($i)[0] | Should -Be ([double][float]($byte.GetPoint($i)[0] / 255))
        }
    }

    It 'reads known pixels' {
        $bytes = [System.Text.Encoding]::ASCII.GetBytes("P6 2 1 255`n") + [byte[]](1, 2, 3, 253, 254, 255)
        [System.IO.File]::WriteAllBytes("$TestDrive/two.ppm", $bytes)
        $pixels = ConvertTo-KMeansPoint "$TestDrive/two.ppm"
        $pixels.GetPoint(0) | Should -Be 1, 2, 3
        $pixels.GetPoint(1) | Should -Be 253, 254, 255
    }

    It 'takes a path, a literal path, text and files from the pipe' {
        Copy-Item $samples/rocket.jpg "$TestDrive/plain.jpg"
        Copy-Item $samples/rocket.jpg "$TestDrive/x[1].jpg"
        (ConvertTo-KMeansPoint -LiteralPath "$TestDrive/x[1].jpg").Dimension | Should -Be 3
        (Get-ChildItem $TestDrive -Filter *.jpg | ConvertTo-KMeansPoint) | Should -HaveCount 2
        ("$TestDrive/plain.jpg" | ConvertTo-KMeansPoint).Dimension | Should -Be 3
        (ConvertTo-KMeansPoint "$TestDrive/pl*.jpg").Dimension | Should -Be 3
    }

    It 'warns that transparency is left out' {
        $null = ConvertTo-KMeansPoint $samples/horse_rgba.png -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'transparency'
    }

    It 'refuses more pixels than -MaxPixel' {
        $e = Get-FirstError { ConvertTo-KMeansPoint $samples/rocket.jpg -MaxPixel 1000 }
        $e.FullyQualifiedErrorId | Should -Be 'ImageUnsupported,KMeansPS.Commands.ConvertToKMeansPointCommand'
        "$e" | Should -Match 'rocket.jpg'
    }

    It 'gives one error for a bad picture and goes on' {
        Set-Content "$TestDrive/text.jpg" 'no picture'
        $pixels = ConvertTo-KMeansPoint "$TestDrive/text.jpg", $samples/rocket.jpg -ErrorVariable errors -ErrorAction SilentlyContinue
        $pixels | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Match '^ImageUnsupported,'
    }
}

Describe 'ConvertTo-KMeansPoint of objects' {
    It 'gives one point set of all of them' {
        $points = Import-Csv $samples/servers.csv | ConvertTo-KMeansPoint -Property Cpu, Memory
        $points | Should -HaveCount 1
        $points.Count | Should -Be (Import-Csv $samples/servers.csv).Count
        $points.ColumnName | Should -Be 'Cpu', 'Memory'
    }

    It 'takes files as objects where properties are named' {
        $points = Get-ChildItem $samples -File | ConvertTo-KMeansPoint -Property Length
        $points.Count | Should -Be (Get-ChildItem $samples -File).Count
    }

    It 'takes arrays, numbers and two-dimensional arrays' {
        ((1, 2), (3, 4) | ConvertTo-KMeansPoint).Dimension | Should -Be 2
        (1, 2, 3 | ConvertTo-KMeansPoint).Count | Should -Be 3
        (ConvertTo-KMeansPoint -InputObject ([double[, ]]::new(5, 2))).Count | Should -Be 5
        (ConvertTo-KMeansPoint -InputObject ([int[, ]]::new(2, 7))).Dimension | Should -Be 7
    }

    It 'reports a bad row and goes on' {
        $points = (1, 2), (3, 'x'), (5, 6) | ConvertTo-KMeansPoint -ErrorVariable errors -ErrorAction SilentlyContinue
        $points.Count | Should -Be 2
        "$errors" | Should -Match 'Row 2, value 2'
    }
}

Describe 'ConvertTo-KMeansPoint -Scale and -Weight' {
    It 'takes every column to 0..1 with MinMax' {
        $points = (1, -10), (3, 10), (2, 0) | ConvertTo-KMeansPoint -Scale MinMax
        $points.GetPoint(0) | Should -Be 0, 0
        $points.GetPoint(1) | Should -Be 1, 1
        $points.GetPoint(2) | Should -Be 0.5, 0.5
        $points.Scaling.Offset | Should -Be 1, -10
        $points.Scaling.Factor | Should -Be 2, 20
    }

    It 'takes every column to mean 0 and deviation 1 with ZScore' {
        $points = 2, 4, 4, 4, 5, 5, 7, 9 | ConvertTo-KMeansPoint -Scale ZScore
        0..7 | ForEach-Object { [math]::Round($points.GetPoint($_)[0], 12) } | Should -Be -1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2
    }

    It 'scales pixels and point sets, and gives a point set its units back with None' {
        $pixels = ConvertTo-KMeansPoint $samples/rocket.jpg -Scale ZScore
        $pixels.Picture.Width | Should -Be 640
        "$($pixels.Scaling)" | Should -Be 'ZScore'
        $points = Import-KMeansPoint $samples/clusters.csv
        $back = $points | ConvertTo-KMeansPoint -Scale MinMax | ConvertTo-KMeansPoint -Scale None
        $back.Scaling | Should -BeNullOrEmpty
        [math]::Abs($back.GetPoint(5)[1] - $points.GetPoint(5)[1]) | Should -BeLessThan 1e-12
    }

    It 'reads weights from a property, which is then no coordinate' {
        $points = 'x,w', '1,1', '5,3' | ConvertFrom-Csv | ConvertTo-KMeansPoint -Weight w -Scale ZScore
        $points.IsWeighted | Should -BeTrue
        $points.ColumnName | Should -Be 'x'
        $points.Scaling.Offset | Should -Be 4
        ('x,w', '1,1', '5,3' | ConvertFrom-Csv | ConvertTo-KMeansPoint -Property x, w -Weight w).Dimension | Should -Be 2
    }
}
