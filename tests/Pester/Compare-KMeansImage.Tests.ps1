BeforeAll {
    . $PSScriptRoot/Suite.ps1
}

Describe 'Compare-KMeansImage' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/coffee.png, $samples/chelsea.png $TestDrive
        $null = Compress-ImageKMeans coffee.png
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'tells how far a picture is from its original' {
        $result = Compare-KMeansImage coffee.png coffee.k16.png
        $result | Should -BeOfType KMeansPS.Imaging.Metrics.ImageComparison
        $result.Reference | Should -Be "$TestDrive/coffee.png"
        $result.Difference | Should -Be "$TestDrive/coffee.k16.png"
        $result.Width, $result.Height | Should -Be 600, 400
        $result.Psnr | Should -Be (10 * [math]::Log10(255 * 255 / $result.Mse))
        $result.Psnr | Should -BeGreaterThan 29
        $result.Ssim | Should -BeGreaterThan 0.8
        $result.Ssim | Should -BeLessThan 0.9
        $result.MeanDeltaE | Should -BeGreaterThan 2
        $result.MeanDeltaE | Should -BeLessThan $result.DeltaE95
    }

    It 'finds nothing between a picture and itself' {
        $result = Compare-KMeansImage coffee.png coffee.png
        $result.Mse, $result.MeanDeltaE, $result.DeltaE95 | Should -Be 0, 0, 0
        $result.Psnr | Should -Be ([double]::PositiveInfinity)
        [math]::Round($result.Ssim, 9) | Should -Be 1
    }

    It 'takes what Compress-ImageKMeans gives, and finds the same error' {
        $compressed = Get-ChildItem coffee.png, chelsea.png | Compress-ImageKMeans -K 4
        $results = $compressed | Compare-KMeansImage
        $results.Reference | Should -Be $compressed.Source
        $results.Difference | Should -Be $compressed.Destination
        0, 1 | ForEach-Object { [math]::Abs($results[$_].Mse / $compressed[$_].Mse - 1) | Should -BeLessThan 1e-6 }
    }

    It 'takes objects with Source and Destination, and its own results' {
        $result = [pscustomobject]@{ Source = 'coffee.png'; Destination = 'coffee.k16.png' } | Compare-KMeansImage
        $result.Difference | Should -Be "$TestDrive/coffee.k16.png"
        $result | Compare-KMeansImage | Should -Be $result
    }

    It 'compares many with one original' {
        $null = Compress-ImageKMeans coffee.png -K 4
        (Compare-KMeansImage coffee.png *.k*.png) | Should -HaveCount 2
        ('coffee.k4.png', 'coffee.k16.png' | Compare-KMeansImage coffee.png).Difference | Split-Path -Leaf | Should -Be 'coffee.k4.png', 'coffee.k16.png'
        (Resolve-Path *.k*.png | Compare-KMeansImage coffee.png) | Should -HaveCount 2
        (Get-ChildItem *.k*.png | Compare-KMeansImage -ReferencePath coffee.png) | Should -HaveCount 2
    }

    It 'takes names of any kind' {
        foreach ($name in '[1].png', 'a b.png', "na`u{ef}ve `u{65e5}`u{672c}.png", '-K.png') {
            [System.IO.File]::Copy("$TestDrive/coffee.png", "$TestDrive/$name")
            $result = Compare-KMeansImage -ReferencePath $name -LiteralPath $name
            $result.Reference, $result.Difference | Should -Be "$TestDrive/$name", "$TestDrive/$name"
            $pair = Get-Item -LiteralPath $name | Compress-ImageKMeans | Compare-KMeansImage
            $pair.Reference | Should -Be "$TestDrive/$name"
        }
    }

    It 'gives the same figures with one thread or many' {
        Compare-KMeansImage coffee.png coffee.k16.png -ThrottleLimit 1 | Should -Be (Compare-KMeansImage coffee.png coffee.k16.png)
    }

    It 'counts nothing that cannot be seen' {
        $header = [System.Text.Encoding]::ASCII.GetBytes("P7`nWIDTH 1`nHEIGHT 1`nDEPTH 4`nMAXVAL 255`nTUPLTYPE RGB_ALPHA`nENDHDR`n")
        [System.IO.File]::WriteAllBytes("$TestDrive/a.pam", [byte[]]($header + 200, 0, 9, 0))
        [System.IO.File]::WriteAllBytes("$TestDrive/b.pam", [byte[]]($header + 1, 2, 3, 0))
        $result = Compare-KMeansImage a.pam b.pam
        $result.Mse, $result.MeanDeltaE | Should -Be 0, 0
        [double]::IsNaN($result.Ssim) | Should -BeTrue
    }

    It 'gives one error for each bad file, with its name and an id, and does the rest' {
        Set-Content text.jpg 'no picture'
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/coffee.png")
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.png", $bytes[0..20000])
        $results = 'text.jpg', 'cut.png', 'gone.jpg', 'chelsea.png', 'coffee.k16.png' | Compare-KMeansImage coffee.png -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Be ('ImageUnsupported', 'ImageBroken', 'PathNotFound', 'ImageSizeDiffers').ForEach({ "$_,KMeansPS.Commands.CompareKMeansImageCommand" })
        "$($errors[1])" | Should -Match 'cut.png'
        "$($errors[3])" | Should -Match 'chelsea.png.*451 x 300.*coffee.png.*600 x 400'
    }

    It 'gives one error for a bad original, however many are compared with it' {
        Set-Content text.jpg 'no picture'
        $results = 'coffee.png', 'coffee.k16.png' | Compare-KMeansImage text.jpg -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'ImageUnsupported,KMeansPS.Commands.CompareKMeansImageCommand'
        (Get-FirstError { Compare-KMeansImage gone.png coffee.png }).FullyQualifiedErrorId | Should -Match '^PathNotFound,'
    }

    It 'refuses another provider, and more pixels than -MaxPixel' {
        (Get-FirstError { Compare-KMeansImage Variable:PWD coffee.png }).FullyQualifiedErrorId | Should -Match '^ProviderNotFileSystem,'
        (Get-FirstError { Compare-KMeansImage coffee.png coffee.png -MaxPixel 1000 }).FullyQualifiedErrorId | Should -Match '^ImageUnsupported,'
    }

    It 'refuses <_>' -ForEach '-ThrottleLimit -1', '-MaxPixel 0' {
        { Invoke-Expression "Compare-KMeansImage coffee.png coffee.png $_" } | Should -Throw
    }
}
