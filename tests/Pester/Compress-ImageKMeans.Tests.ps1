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
        $again = Compress-ImageKMeans rocket.k16.png -K 64
        $again.Status | Should -Be 'Lossless'
        $again.Psnr | Should -Be ([double]::PositiveInfinity)
        (Get-FileHash $again.Destination).Hash | Should -Be (Get-FileHash rocket.k16.png).Hash
    }

    It 'takes files from the pipe, one result each, as they are done' {
        $results = Get-ChildItem *.jpg, *.png | Compress-ImageKMeans -K 8
        $results.Source | Split-Path -Leaf | Should -Be 'rocket.jpg', 'coffee.png'
    }

    It 'passes over its own results, which Get-ChildItem may find while they are written' {
        $results = 'rocket.jpg', 'rocket.k16.png' | Compress-ImageKMeans
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

Describe 'Compress-ImageKMeans -DestinationPath' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg, $samples/coffee.png $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'is a folder where it ends in a separator, has no .png, or exists as one' {
        $null = New-Item -ItemType Directory there.png
        (Compress-ImageKMeans rocket.jpg -DestinationPath new.png/).Destination | Should -Be "$TestDrive/new.png/rocket.k16.png"
        (Compress-ImageKMeans rocket.jpg -DestinationPath a/b).Destination | Should -Be "$TestDrive/a/b/rocket.k16.png"
        (Compress-ImageKMeans rocket.jpg -DestinationPath there.png).Destination | Should -Be "$TestDrive/there.png/rocket.k16.png"
        (Compress-ImageKMeans rocket.jpg -DestinationPath file.PNG).Destination | Should -Be "$TestDrive/file.PNG"
    }

    It 'refuses a file that is there already, unless -Force says otherwise' {
        Set-Content rocket.k16.png 'precious'
        (Get-FirstError { Compress-ImageKMeans rocket.jpg }).FullyQualifiedErrorId | Should -Be 'DestinationExists,KMeansPS.Commands.CompressImageKMeansCommand'
        Get-Content rocket.k16.png | Should -Be 'precious'
        (Compress-ImageKMeans rocket.jpg -Force).Status | Should -Be 'Compressed'
    }

    It 'never writes over a source, also with -Force' {
        $before = (Get-FileHash coffee.png).Hash
        (Get-FirstError { Compress-ImageKMeans coffee.png -DestinationPath coffee.png -Force }).FullyQualifiedErrorId | Should -Match '^DestinationIsSource,'
        (Get-FirstError { Compress-ImageKMeans rocket.jpg, coffee.png -DestinationPath coffee.png -Force }).FullyQualifiedErrorId | Should -Match '^DestinationIsSource,'
        (Get-FirstError { 'rocket.jpg', 'coffee.png' | Compress-ImageKMeans -DestinationPath coffee.png -Force }).FullyQualifiedErrorId | Should -Match '^DestinationIsSource,'
        (Get-FileHash coffee.png).Hash | Should -Be $before
    }

    It 'never writes over a source that comes later in the pipe' {
        Copy-Item coffee.png rocket.k16.png
        $before = (Get-FileHash rocket.k16.png).Hash
        $results = 'rocket.jpg', 'rocket.k16.png' | Compress-ImageKMeans -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Match '^DestinationIsSource,'
        $results.Source | Should -Be "$TestDrive/rocket.k16.png"
        (Get-FileHash rocket.k16.png).Hash | Should -Be $before
    }

    It 'refuses a second source that would go to the same file, also with -Force' {
        $results = 'rocket.jpg', 'coffee.png' | Compress-ImageKMeans -DestinationPath one.png -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Match '^DestinationShared,'
        $null = New-Item -ItemType Directory a, b
        Copy-Item rocket.jpg a/x.jpg
        Copy-Item rocket.jpg b/x.jpg
        $results = Compress-ImageKMeans a/x.jpg, b/x.jpg -DestinationPath out/ -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Match '^DestinationShared,'
    }

    It 'writes nothing with -WhatIf' {
        Compress-ImageKMeans rocket.jpg -DestinationPath new/ -WhatIf | Should -BeNullOrEmpty
        'new' | Should -Not -Exist
    }

    It 'refuses another provider before it reads anything' {
        { Compress-ImageKMeans rocket.jpg -DestinationPath Env:/x } | Should -Throw -ErrorId 'ProviderNotFileSystem,KMeansPS.Commands.CompressImageKMeansCommand'
        (Get-FirstError { Compress-ImageKMeans Variable:PWD }).FullyQualifiedErrorId | Should -Match '^ProviderNotFileSystem,'
    }

    It 'gives one error where the place cannot be written, and leaves nothing behind' -Skip:((-not $IsLinux -and -not $IsMacOS) -or (id -u) -eq 0) {
        $null = New-Item -ItemType Directory closed
        chmod 555 closed
        $e = Get-FirstError { Compress-ImageKMeans rocket.jpg -DestinationPath closed/ }
        $e.FullyQualifiedErrorId | Should -Match '^FileAccessDenied,'
        chmod 755 closed
        Get-ChildItem closed -Force | Should -BeNullOrEmpty
    }

    It 'gives one error where the place is no place, and leaves nothing behind' {
        Set-Content file 'x'
        $e = Get-FirstError { Compress-ImageKMeans rocket.jpg -DestinationPath file/x/ }
        $e.FullyQualifiedErrorId | Should -Match '^FileNotAccessible,'
        "$e" | Should -Match 'rocket.jpg'
        Get-ChildItem -Force -Filter *.tmp | Should -BeNullOrEmpty
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
        '-DitheringStrength 1.1', '-DitheringStrength -0.1' {
        { Invoke-Expression "Compress-ImageKMeans rocket.jpg $_" } | Should -Throw
        'rocket.k16.png' | Should -Not -Exist
    }
}
