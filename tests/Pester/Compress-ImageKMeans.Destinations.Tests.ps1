BeforeAll {
    . $PSScriptRoot/Suite.ps1
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
        Copy-Item rocket.jpg x.jpg
        Copy-Item coffee.png x.png
        $results = Compress-ImageKMeans x.jpg, x.png -DestinationPath out/ -Force -ErrorVariable errors -ErrorAction SilentlyContinue
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

Describe 'Compress-ImageKMeans of what gains nothing' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/rocket.jpg, $samples/coffee.png $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'does not write what is larger than its source, and says so once, at the end' {
        Compress-ImageKMeans rocket.jpg -K 4 -DestinationPath small.png | Out-Null
        $results = 'small.png', 'coffee.png', 'rocket.jpg' | Compress-ImageKMeans -K 256 -Dithering Sierra -DestinationPath out/ -Recompress -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Source | Split-Path -Leaf | Should -Be 'small.png', 'coffee.png', 'rocket.jpg'
        $results.Status | Should -Be 'Lossless', 'Compressed', 'LargerThanSource'
        $results[2].CompressedBytes | Should -BeGreaterThan $results[2].SourceBytes
        $results[2].PSObject.Properties['PSPath'] | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match '^1 of 3 pictures stayed as it is.*-AllowLarger'
        Get-ChildItem out -Force | Select-Object -ExpandProperty Name | Should -Be 'coffee.k256.png', 'small.k256.png'
    }

    It 'writes it with -AllowLarger, and warns of nothing' {
        $result = Compress-ImageKMeans rocket.jpg -K 256 -Dithering Sierra -AllowLarger -WarningVariable warnings
        $result.Ratio | Should -BeLessThan 1
        $result.Destination | Should -Exist
        $warnings | Should -BeNullOrEmpty
    }

    It 'passes over what it made before, also with -Force, unless -Recompress says otherwise' {
        $null = Compress-ImageKMeans *.jpg, *.png -DestinationPath out/
        $results = Get-ChildItem out | Compress-ImageKMeans -K 4 -Force
        $results.Status | Should -Be 'AlreadyCompressed', 'AlreadyCompressed'
        $results[0].ColorCount | Should -Be 16
        Get-ChildItem out | Should -HaveCount 2
        (Get-ChildItem out | Compress-ImageKMeans -K 4 -Recompress).Status | Should -Be 'Compressed', 'Compressed'
    }

    It 'shows in its view why there is no file' {
        $null = Compress-ImageKMeans coffee.png
        $text = Compress-ImageKMeans coffee.k16.png | Format-Table | Out-String -Width 80
        $text | Should -Match 'coffee\.k16\.png .* ours '
    }
}

Describe 'Compress-ImageKMeans of folders' {
    BeforeEach {
        Push-Location $TestDrive
        $null = New-Item -ItemType Directory in/a, in/b/c
        Copy-Item $samples/rocket.jpg in/a/x.jpg
        Copy-Item $samples/coffee.png in/b/x.png
        Copy-Item $samples/chelsea.png in/b/c
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'keeps the tree below the folder that all sources have in common' {
        $results = Get-ChildItem in -Recurse -File | Compress-ImageKMeans -K 4 -DestinationPath out
        Get-ChildItem out -Recurse -File -Name | ForEach-Object { $_ -replace '\\', '/' } | Sort-Object | Should -Be 'a/x.k4.png', 'b/c/chelsea.k4.png', 'b/x.k4.png'
        $results.Source | Should -Be (Get-ChildItem in -Recurse -File).FullName
    }

    It 'keeps the tree below -RelativeTo, and refuses what lies outside' {
        Copy-Item in/a/x.jpg outside.jpg
        $results = 'in/b/x.png', 'outside.jpg', 'in/b/c/chelsea.png' | Compress-ImageKMeans -K 4 -DestinationPath out/ -RelativeTo in/b -ErrorVariable errors -ErrorAction SilentlyContinue
        $results.Destination | Should -Be "$TestDrive/out/x.k4.png", "$TestDrive/out/c/chelsea.k4.png"
        $errors.FullyQualifiedErrorId | Should -Be 'DestinationOutsideRoot,KMeansPS.Commands.CompressImageKMeansCommand'
        (Compress-ImageKMeans in/a/x.jpg -K 4 -DestinationPath out/ -RelativeTo .).Destination | Should -Be "$TestDrive/out/in/a/x.k4.png"
    }

    It 'refuses two sources that would go to one file of the tree' {
        Copy-Item in/b/x.png in/a/x.png
        $results = Get-ChildItem in -Recurse -File | Compress-ImageKMeans -K 4 -DestinationPath out -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $results | Should -HaveCount 3
        $errors.FullyQualifiedErrorId | Should -Match '^DestinationShared,'
    }

    It 'gives results in the order of the sources on any number of threads, and stops with Select-Object -First' {
        $sources = 'in/b/x.png', 'in/b/c/chelsea.png', 'in/a/x.jpg', 'in/b/c/chelsea.png'
        foreach ($threads in 1, 2, 5) {
            $results = $sources[0..2] | Compress-ImageKMeans -K 4 -ThrottleLimit $threads -Force
            $results.Source | Split-Path -Leaf | Should -Be 'x.png', 'chelsea.png', 'x.jpg'
        }

        ($sources[0..2] | Compress-ImageKMeans -K 8 -Force | Select-Object -First 1).Source | Should -Be "$TestDrive/in/b/x.png"
        Get-ChildItem -Recurse -Force -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'leaves no more than two pictures a thread when Select-Object -First stops it, with a folder and without' -ForEach @(
        @{ To = @{} }, @{ To = @{ DestinationPath = 'first' } }
    ) {
        $null = New-Item many -ItemType Directory -Force
        Copy-Item in/b/c/chelsea.png many/00.png
        1..20 | ForEach-Object { Copy-Item in/b/x.png ('many/{0:d2}.png' -f $_) }
        $first = Get-ChildItem many/??.png | Compress-ImageKMeans -K 5 -ThrottleLimit 2 -AllowLarger @To | Select-Object -First 1
        $first.Source | Should -Be "$TestDrive/many/00.png"
        $first.Destination | Should -Exist
        $written = @(Get-ChildItem many, first -Recurse -Force -Filter *.k5.png -ErrorAction Ignore).Count
        $written | Should -BeLessOrEqual 4
        Get-ChildItem -Recurse -Force -Filter *.tmp | Should -BeNullOrEmpty
        Remove-Item many, first -Recurse -ErrorAction Ignore
    }

    It 'makes no folder for a picture that is not worth writing' {
        $null = Compress-ImageKMeans in/b/x.png -K 256 -DestinationPath once.png
        $options = @{ DestinationPath = 'new/deep'; Recompress = $true; WarningAction = 'SilentlyContinue' }
        (Compress-ImageKMeans once.png -K 256 -CompressionLevel Fastest @options).Status | Should -Be 'LargerThanSource'
        (Compress-ImageKMeans once.png -MaxBytes 10 @options).Status | Should -Be 'TargetMissed'
        'new' | Should -Not -Exist
        Remove-Item once.png
    }
}
