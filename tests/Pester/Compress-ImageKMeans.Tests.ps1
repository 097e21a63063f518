BeforeAll {
    . $PSScriptRoot/Suite.ps1
}

Describe 'Compress-ImageKMeans' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg, $samples/coffee.png $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'writes an indexed PNG beside the source, and tells what it was and is' {
        $result = Compress-ImageKMeans rocket.jpg
        $result | Should -BeOfType KMeansPS.Imaging.Compression.CompressionResult
        $result.Source | Should -Be "$TestDrive/rocket.jpg"
        $result.Destination | Should -Be "$TestDrive/rocket.k16.png"
        $result.Status | Should -Be 'Compressed'
        $result.Decoder | Should -Be 'JPEG'
        $result.Width, $result.Height | Should -Be 640, 427
        $result.K, $result.ColorCount | Should -Be 16, 16
        $result.SourceColorCount | Should -BeGreaterThan 1000
        $result.SourceBytes | Should -Be (Get-Item rocket.jpg).Length
        $result.CompressedBytes | Should -Be (Get-Item rocket.k16.png).Length
        $result.RawBytes | Should -Be (640 * 427 * 3)
        $result.Ratio | Should -Be ($result.SourceBytes / $result.CompressedBytes)
        $result.RawRatio | Should -Be ($result.RawBytes / $result.CompressedBytes)
        $result.Psnr | Should -BeGreaterThan 28
        $result.Palette.Count | Should -Be 16
        $result.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
        $result.PSObject.Properties['Path'] | Should -BeNullOrEmpty
        $head = [System.IO.File]::ReadAllBytes("$TestDrive/rocket.k16.png")
        $head[24], $head[25] | Should -Be 4, 3 # 4 bits a pixel, a palette
    }

    It 'has at most K colours' {
        $null = Compress-ImageKMeans rocket.jpg -K 3
        $pixels = ConvertTo-KMeansPoint rocket.k3.png
        ($pixels | Get-KMeansCluster -K 4 -Seed 1 -WarningAction SilentlyContinue) | Should -HaveCount 3
    }

    It 'keeps every pixel of a picture with no more than K colours' {
        $null = Compress-ImageKMeans rocket.jpg -K 16
        $again = Compress-ImageKMeans rocket.k16.png -K 64 -Recompress
        $again.Status | Should -Be 'Lossless'
        $again.Psnr | Should -Be ([double]::PositiveInfinity)
        (Get-FileHash $again.Destination).Hash | Should -Be (Get-FileHash rocket.k16.png).Hash
    }

    It 'takes files from the pipe, one result each, as they are done' {
        $results = Get-ChildItem *.jpg, *.png | Compress-ImageKMeans -K 8
        $results.Source | Split-Path -Leaf | Should -Be 'rocket.jpg', 'coffee.png'
    }

    It 'passes over its own results, which Get-ChildItem may find while they are written' {
        $results = & { 'rocket.jpg'; for ($i = 0; $i -lt 3000 -and -not (Test-Path rocket.k16.png); $i++) { Start-Sleep -Milliseconds 20 }; 'rocket.k16.png' } | Compress-ImageKMeans
        $results | Should -HaveCount 1
        'rocket.k16.k16.png' | Should -Not -Exist
    }

    It 'gives its result to Get-Item and Remove-Item as the file that was written, and every source stays' {
        $results = Get-ChildItem *.jpg, *.png | Compress-ImageKMeans
        $results | Get-Item | Select-Object -ExpandProperty Name | Should -Be 'rocket.k16.png', 'coffee.k16.png'
        $results | Remove-Item
        Get-ChildItem | Select-Object -ExpandProperty Name | Should -Be 'coffee.png', 'rocket.jpg'
        Get-ChildItem *.jpg | Compress-ImageKMeans | Remove-Item
        Get-ChildItem | Select-Object -ExpandProperty Name | Should -Be 'coffee.png', 'rocket.jpg'
    }

    It 'gives the same bytes for the same seed, with one thread or many' {
        $first = Compress-ImageKMeans rocket.jpg -DestinationPath a.png -ThrottleLimit 1
        $second = Compress-ImageKMeans rocket.jpg -DestinationPath b.png
        (Get-FileHash a.png).Hash | Should -Be (Get-FileHash b.png).Hash
        $first.Mse | Should -Be $second.Mse
    }

    It 'clusters in the colour space <_>, and reports the error of RGB' -ForEach 'LinearRgb', 'Oklab', 'Lab' {
        $rgb = Compress-ImageKMeans coffee.png -DestinationPath rgb.png
        $result = Compress-ImageKMeans coffee.png -ColorSpace $_ -DestinationPath other.png
        $result.ColorCount | Should -Be 16
        $result.Psnr | Should -BeGreaterThan 24
        $result.Psnr | Should -BeLessThan $rgb.Psnr
        (Get-FileHash rgb.png).Hash | Should -Not -Be (Get-FileHash other.png).Hash
    }

    It 'dithers by <_>, and says in verbose that it does' -ForEach 'FloydSteinberg', 'Sierra', 'BlueNoise', 'Bayer' {
        $plain = Compress-ImageKMeans coffee.png -K 8 -DestinationPath plain.png
        $dithered = Compress-ImageKMeans coffee.png -K 8 -Dithering $_ -DestinationPath dithered.png
        $half = Compress-ImageKMeans coffee.png -K 8 -Dithering $_ -DitheringStrength 0.5 -DestinationPath half.png
        "$($dithered.Palette)" | Should -Be "$($plain.Palette)"
        $dithered.Psnr | Should -BeLessThan $half.Psnr
        $half.Psnr | Should -BeLessThan $plain.Psnr
        $said = Compress-ImageKMeans coffee.png -K 8 -Dithering $_ -DestinationPath again.png -Verbose 4>&1
        "$said" | Should -Match "dithering $_ of strength 1"
    }

    It 'writes fewer bytes at each higher -CompressionLevel, for the same pixels' {
        $results = 'NoCompression', 'Fastest', 'Optimal', 'SmallestSize' | ForEach-Object {
            Compress-ImageKMeans coffee.png -CompressionLevel $_ -DestinationPath "$_.png"
        }
        $lengths = $results.CompressedBytes
        $lengths | Should -Be @($lengths | Sort-Object -Descending -Unique)
        foreach ($result in $results) {
            (Compare-KMeansImage $results[0].Destination $result.Destination).Mse | Should -Be 0
        }
    }

    It 'keeps a comment with -KeepMetadata only' {
        $jpeg = [System.IO.File]::ReadAllBytes("$TestDrive/rocket.jpg")
        $comment = [byte[]](0xFF, 0xFE, 0, 9) + [System.Text.Encoding]::ASCII.GetBytes('Liftoff')
        [System.IO.File]::WriteAllBytes("$TestDrive/said.jpg", $jpeg[0..1] + $comment + $jpeg[2..($jpeg.Length - 1)])
        $with = Compress-ImageKMeans said.jpg -KeepMetadata -DestinationPath with.png
        $without = Compress-ImageKMeans said.jpg -DestinationPath without.png
        [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($with.Destination)) | Should -BeLike "*tEXtComment`0Liftoff*"
        [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($without.Destination)) | Should -Not -BeLike '*Liftoff*'
    }

    It 'writes the same bytes on one thread and on many' {
        $one = Compress-ImageKMeans rocket.jpg -ThrottleLimit 1 -DestinationPath one.png
        $many = Compress-ImageKMeans rocket.jpg -ThrottleLimit 4 -DestinationPath many.png
        (Get-FileHash $one.Destination).Hash | Should -Be (Get-FileHash $many.Destination).Hash
    }

    It 'at -DitheringStrength 0 writes the bytes of a picture without dithering' {
        $null = Compress-ImageKMeans coffee.png -DestinationPath plain.png
        $null = Compress-ImageKMeans coffee.png -Dithering Sierra -DitheringStrength 0 -DestinationPath dithered.png
        (Get-FileHash dithered.png).Hash | Should -Be (Get-FileHash plain.png).Hash
    }

    It 'takes names with brackets, spaces, accents and a leading dash' {
        foreach ($name in '[1].jpg', 'a b.jpg', "na`u{ef}ve `u{65e5}`u{672c}.jpg", '-K.jpg') {
            [System.IO.File]::Copy("$TestDrive/rocket.jpg", "$TestDrive/$name")
            (Compress-ImageKMeans -LiteralPath $name).Destination | Should -Be "$TestDrive/$([System.IO.Path]::GetFileNameWithoutExtension($name)).k16.png"
        }

        (Get-Item -LiteralPath '[1].jpg' | Compress-ImageKMeans -Force).Destination | Should -Be "$TestDrive/[1].k16.png"
        (Get-Item -LiteralPath '[1].jpg' | Compress-ImageKMeans -Force | Get-Item).Name | Should -Be '[1].k16.png'
    }

    It 'takes wildcards, drives of the session, and paths relative to $PWD' {
        (Compress-ImageKMeans *.jpg, *.png).Count | Should -Be 2
        $null = New-Item -ItemType Directory deep
        Set-Location deep
        (Compress-ImageKMeans ../rocket.jpg -DestinationPath here.png).Destination | Should -Be "$TestDrive/deep/here.png"
        (Compress-ImageKMeans TestDrive:/coffee.png -DestinationPath TestDrive:/out/).Destination | Should -Be "$TestDrive/out/coffee.k16.png"
    }

    It 'says how to read a name with brackets that was taken for a pattern' {
        $e = Get-FirstError { Compress-ImageKMeans 'no[1].jpg' }
        $e.FullyQualifiedErrorId | Should -Be 'PathNotFound,KMeansPS.Commands.CompressImageKMeansCommand'
        "$e" | Should -Match '-LiteralPath'
    }
}

Describe 'Compress-ImageKMeans of bad input' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'gives one error for each bad file, with its name and an id, and does the rest' {
        Set-Content text.jpg 'no picture'
        Set-Content empty.png '' -NoNewline
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/rocket.jpg")
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.jpg", $bytes[0..20000])
        $results = 'text.jpg', 'empty.png', 'cut.jpg', 'gone.jpg', 'rocket.jpg' | Compress-ImageKMeans -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -HaveCount 1
        $errors.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'ImageUnsupported', 'ImageBroken', 'ImageBroken', 'PathNotFound'
        $errors[0, 1, 2].ForEach({ $_.CategoryInfo.Category }) | Should -Be 'NotImplemented', 'InvalidData', 'InvalidData'
        "$($errors[2])" | Should -Match 'cut.jpg.*JPEG'
        Get-ChildItem -Force | Select-Object -ExpandProperty Name | Should -Be 'cut.jpg', 'empty.png', 'rocket.jpg', 'rocket.k16.png', 'text.jpg'
    }

    It 'refuses more pixels than -MaxPixel' {
        (Get-FirstError { Compress-ImageKMeans rocket.jpg -MaxPixel 1000 }).FullyQualifiedErrorId | Should -Match '^ImageUnsupported,'
    }

    It 'names a format that only the plug-in reads, and says how to get it' -Skip:(Test-Path "$(if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { "$PSScriptRoot/../../out/KMeansPS" })/ImageSharp/KMeansPS.ImageSharp.dll") {
        [System.IO.File]::WriteAllBytes("$TestDrive/x.webp", [System.Text.Encoding]::ASCII.GetBytes('RIFF....WEBPVP8 ................'))
        $e = Get-FirstError { Compress-ImageKMeans x.webp }
        "$e" | Should -Match 'WebP'
        "$e" | Should -Match 'build\.ps1'
    }

    It 'refuses <_>' -ForEach '-K 0', '-K 257', '-Restart 0', '-MaxIterations 0', '-Tolerance -1', '-ThrottleLimit -1', '-MaxPixel 0', '-ColorSpace Hsv', '-Dithering Some',
        '-DitheringStrength 1.1', '-DitheringStrength -0.1', '-TargetPsnr 0', '-TargetPsnr NaN', '-MaxBytes 0', '-Effort Some', '-FixedColor red',
        '-Palette @()', '-Palette "#12345"', '-Palette 112233', '-Palette nowhere.gpl', '-Palette rocket.jpg', "-Palette (@('#123') * 257)" {
        { Invoke-Expression "Compress-ImageKMeans rocket.jpg $_" } | Should -Throw
        'rocket.k16.png' | Should -Not -Exist
    }
}

Describe 'Compress-ImageKMeans to given colours' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg, $samples/coffee.png $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'takes hex colours with and without the number sign, short, and with alpha' {
        $result = Compress-ImageKMeans rocket.jpg -Palette '#000000', 'FF8800', 'fff', '#80808080'
        "$($result.Palette)" | Should -Be '#000000 #FF8800 #FFFFFF #80808080'
        $result.K, $result.ColorCount | Should -Be 4, 4
        $result.Destination | Should -Be "$TestDrive/rocket.k4.png"
        $used = Get-KMeansPalette rocket.k4.png -K 256 | Select-Object -ExpandProperty Hex
        $used | Where-Object { $_ -notin '#000000', '#FF8800', '#FFFFFF', '#80808080' } | Should -BeNullOrEmpty
    }

    It 'takes what Get-KMeansPalette gives, also from a file, the palette of a result, and one colour' {
        $colors = Get-KMeansPalette coffee.png -K 5
        $colors | ConvertTo-Json | Set-Content colors.json
        Get-KMeansPalette coffee.png -K 5 -As Gpl | Set-Content coffee.gpl
        Get-KMeansPalette coffee.png -K 5 -As Css | Set-Content coffee.css
        $expected = "$($colors.Hex)"
        "$((Compress-ImageKMeans rocket.jpg -Palette $colors -DestinationPath 1.png).Palette)" | Should -Be $expected
        "$((Compress-ImageKMeans rocket.jpg -Palette (Get-Content colors.json | ConvertFrom-Json) -DestinationPath 2.png).Palette)" | Should -Be $expected
        "$((Compress-ImageKMeans rocket.jpg -Palette coffee.gpl -DestinationPath 3.png).Palette)" | Should -Be $expected
        "$((Compress-ImageKMeans rocket.jpg -Palette (Get-Item coffee.css) -DestinationPath 4.png).Palette)" | Should -Be $expected
        $result = Compress-ImageKMeans coffee.png -K 3
        "$((Compress-ImageKMeans rocket.jpg -Palette $result.Palette -DestinationPath 5.png).Palette)" | Should -Be "$($result.Palette)"
        (Compress-ImageKMeans rocket.jpg -Palette '#123456' -DestinationPath 6.png).ColorCount | Should -Be 1
    }

    It 'says of a bad palette what and where' {
        Set-Content bad.txt '#ff0000', '#nothex'
        { Compress-ImageKMeans rocket.jpg -Palette bad.txt } | Should -Throw "*bad.txt*Line 2*#nothex*"
        { Compress-ImageKMeans rocket.jpg -Palette 'none.ase' } | Should -Throw "*none.ase*neither a hex colour*"
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.ase", [byte[]](0x41, 0x53, 0x45, 0x46, 0, 1, 0, 0, 0, 0, 0, 9))
        { Compress-ImageKMeans rocket.jpg -Palette cut.ase } | Should -Throw "*ends too early*"
    }

    It 'refuses <_>, which contradicts itself' -ForEach '-Palette #000 -K 4', '-Palette #000 -SharedPalette', '-Palette #000 -FixedColor #fff', '-Palette #000 -KeepRareColor',
        '-Palette #000 -TargetPsnr 30', '-Palette #000 -MaxBytes 100', '-SharedPalette -TargetPsnr 30', '-SharedPalette -MaxBytes 100',
        '-K 1 -FixedColor #000, #fff', '-RelativeTo .', '-RelativeTo . -DestinationPath one.png' {
        $arguments = $_ -replace '(#\w+)', '"$1"'
        { Invoke-Expression "Compress-ImageKMeans rocket.jpg $arguments" } | Should -Throw -ErrorId 'OptionsContradictory,KMeansPS.Commands.CompressImageKMeansCommand'
        Get-ChildItem -Filter *.png | Select-Object -ExpandProperty Name | Should -Be 'coffee.png'
    }

    It 'keeps fixed colours and finds the rest' {
        $result = Compress-ImageKMeans rocket.jpg -K 8 -FixedColor '#ff00ff', '0f0'
        $result.ColorCount | Should -Be 8
        "$($result.Palette)" | Should -Match '#FF00FF'
        "$($result.Palette)" | Should -Match '#00FF00'
        $result.Psnr | Should -BeGreaterThan 24
    }

    It 'gives all pictures one palette with -SharedPalette, whatever is broken among them' {
        Set-Content text.jpg 'no picture'
        $results = 'rocket.jpg', 'text.jpg', 'gone.jpg', 'coffee.png' | Compress-ImageKMeans -K 32 -SharedPalette -ErrorVariable errors -ErrorAction SilentlyContinue
        $results.Source | Split-Path -Leaf | Should -Be 'rocket.jpg', 'coffee.png'
        $errors.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Sort-Object | Should -Be 'ImageUnsupported', 'PathNotFound'
        "$($results[0].Palette)" | Should -Be "$($results[1].Palette)"
        $results[0].ColorCount | Should -Be 32
        $alone = Compress-ImageKMeans rocket.jpg -K 32 -Force
        $results[0].Psnr | Should -BeLessThan $alone.Psnr
        $results[0].Psnr | Should -BeGreaterThan ($alone.Psnr - 4)
    }

    It 'writes nothing with -SharedPalette and -WhatIf' {
        Compress-ImageKMeans rocket.jpg, coffee.png -SharedPalette -DestinationPath new/ -WhatIf | Should -BeNullOrEmpty
        'new' | Should -Not -Exist
    }

    It 'spends more or less with -Effort' {
        $psnr = 'Fast', 'Balanced', 'Best' | ForEach-Object { (Compress-ImageKMeans coffee.png -K 16 -Effort $_ -DestinationPath "$_.png").Psnr }
        $psnr[0] | Should -BeLessThan $psnr[1]
        $psnr[2] | Should -BeGreaterOrEqual ($psnr[1] - 0.01)
    }
}

Describe 'Compress-ImageKMeans to a target' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'takes the smallest K that reaches -TargetPsnr' {
        $result = Compress-ImageKMeans rocket.jpg -TargetPsnr 33
        $result.Destination | Should -Be "$TestDrive/rocket.k256.png"
        $result.Psnr | Should -BeGreaterOrEqual 33
        (Compress-ImageKMeans rocket.jpg -K ($result.K - 1)).Psnr | Should -BeLessThan 33
    }

    It 'takes the largest K that fits in -MaxBytes' {
        $result = Compress-ImageKMeans rocket.jpg -MaxBytes 30KB -K 64
        (Get-Item $result.Destination).Length | Should -BeLessOrEqual 30KB
        (Compress-ImageKMeans rocket.jpg -K ($result.K + 1)).CompressedBytes | Should -BeGreaterThan 30KB
    }

    It 'writes nothing where <_> cannot be met, and says how near it comes' -ForEach '-TargetPsnr 1000', '-MaxBytes 10', '-TargetPsnr 40 -MaxBytes 20KB' {
        $result = Invoke-Expression "Compress-ImageKMeans rocket.jpg $_ -WarningVariable warnings -WarningAction SilentlyContinue"
        $result.Status, $result.IsWritten | Should -Be 'TargetMissed', $false
        $result.PSObject.Properties['PSPath'] | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'rocket\.jpg: Nothing was written: '
        Get-ChildItem -Force | Select-Object -ExpandProperty Name | Should -Be 'rocket.jpg'
    }
}
