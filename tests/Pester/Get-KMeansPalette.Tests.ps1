BeforeAll {
    . $PSScriptRoot/Suite.ps1
}

Describe 'Get-KMeansPalette' {
    BeforeEach {
        Push-Location $TestDrive
        Copy-Item $samples/coffee.png, $samples/rocket.jpg $TestDrive
        Set-Content flag.ppm "P3 4 2 255`n255 0 0  255 0 0  255 0 0  0 0 255  255 0 0  255 0 0  0 0 255  0 128 0" -NoNewline
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'gives one object a colour, the most frequent first' {
        $colors = Get-KMeansPalette flag.ppm
        $colors | Should -HaveCount 3
        $colors[0] | Should -BeOfType KMeansPS.Imaging.Palettes.PaletteEntry
        $colors.Hex | Should -Be '#FF0000', '#0000FF', '#008000'
        $colors.Name | Should -Be 'red', 'blue', 'green'
        $colors.Count | Should -Be 3
        $colors.ForEach({ $_.Count }) | Should -Be 5, 2, 1
        $colors.Share | Should -Be 0.625, 0.25, 0.125
        $colors[2].R, $colors[2].G, $colors[2].B, $colors[2].A | Should -Be 0, 128, 0, 255
        $colors.Source | Should -Be (, "$TestDrive/flag.ppm" * 3)
    }

    It 'finds eight colours by default, or K' {
        $colors = Get-KMeansPalette coffee.png
        $colors | Should -HaveCount 8
        [math]::Round(($colors | Measure-Object Share -Sum).Sum, 9) | Should -Be 1
        Get-KMeansPalette coffee.png -K 3 | Should -HaveCount 3
    }

    It 'gives the same palette for the same seed, with one thread or many' {
        $first = Get-KMeansPalette rocket.jpg -Seed 5 -ThrottleLimit 1 | ConvertTo-Json
        Get-KMeansPalette rocket.jpg -Seed 5 | ConvertTo-Json | Should -Be $first
    }

    It 'tells alpha' {
        $colors = Get-KMeansPalette $samples/horse_rgba.png -K 20
        ($colors | Where-Object A -LT 255).Hex | ForEach-Object { $_ | Should -Match '^#[0-9A-F]{8}$' }
        ($colors | Where-Object A -EQ 255).Hex | ForEach-Object { $_ | Should -Match '^#[0-9A-F]{6}$' }
    }

    It 'takes files from the pipe, with names of any kind' {
        foreach ($name in '[1].png', 'a b.png', "na`u{ef}ve `u{65e5}`u{672c}.png", '-K.png') {
            [System.IO.File]::Copy("$TestDrive/coffee.png", "$TestDrive/$name")
            (Get-KMeansPalette -LiteralPath $name -K 2).Source | Should -Be (, "$TestDrive/$name" * 2)
        }

        Get-ChildItem *.png | Get-KMeansPalette -K 2 | Select-Object -ExpandProperty Source -Unique | Should -HaveCount 5
        (Get-KMeansPalette *.jpg, flag.ppm -K 2) | Should -HaveCount 4
    }

    It 'gives one error for each bad file, with its name and an id, and does the rest' {
        Set-Content text.jpg 'no picture'
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/rocket.jpg")
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.jpg", $bytes[0..20000])
        $colors = 'text.jpg', 'cut.jpg', 'gone.jpg', 'flag.ppm' | Get-KMeansPalette -ErrorVariable errors -ErrorAction SilentlyContinue
        $colors | Should -HaveCount 3
        $errors.FullyQualifiedErrorId | Should -Be ('ImageUnsupported', 'ImageBroken', 'PathNotFound').ForEach({ "$_,KMeansPS.Commands.GetKMeansPaletteCommand" })
        "$($errors[1])" | Should -Match 'cut.jpg'
    }

    It 'refuses more pixels than -MaxPixel' {
        (Get-FirstError { Get-KMeansPalette rocket.jpg -MaxPixel 1000 }).FullyQualifiedErrorId | Should -Match '^ImageUnsupported,'
    }

    It 'refuses <_>' -ForEach '-K 0', '-K 257', '-ThrottleLimit -1', '-MaxPixel 0', '-As Bmp' {
        { Invoke-Expression "Get-KMeansPalette flag.ppm $_" } | Should -Throw
    }

    It 'shows a swatch where the host shows colours, and none where it must not' {
        Invoke-Fresh "`$PSStyle.OutputRendering = 'PlainText'; Get-KMeansPalette '$TestDrive/flag.ppm' | Out-String" | Out-String | Should -Not -Match "`e\["
        [KMeansPS.Formatting.DisplayText]::Swatch((Get-KMeansPalette flag.ppm)[0]) | Should -Be "`e[48;2;255;0;0m      `e[0m"
    }
}

Describe 'Get-KMeansPalette -As' {
    BeforeEach {
        Push-Location $TestDrive
        Set-Content flag.ppm "P3 4 2 255`n255 0 0  255 0 0  255 0 0  0 0 255  255 0 0  255 0 0  0 0 255  0 128 0" -NoNewline
    }

    AfterEach {
        Pop-Location
        Get-ChildItem $TestDrive -Force | Remove-Item -Recurse -Force
    }

    It 'Gpl is a palette file of GIMP' {
        $text = Get-KMeansPalette flag.ppm -As Gpl
        $text | Should -BeOfType string
        $text -split "`n" | Should -Be 'GIMP Palette', 'Name: flag', 'Columns: 3', '#', "255   0   0`tred #FF0000", "  0   0 255`tblue #0000FF", "  0 128   0`tgreen #008000"
    }

    It 'Css is a rule of custom properties' {
        (Get-KMeansPalette flag.ppm -As Css) -split "`n" | Should -Be '/* flag */', ':root {', '  --palette-1: #ff0000; /* 62.50 % red */', '  --palette-2: #0000ff; /* 25.00 % blue */', '  --palette-3: #008000; /* 12.50 % green */', '}'
    }

    It 'Json is read by ConvertFrom-Json' {
        $json = Get-KMeansPalette flag.ppm -As Json | ConvertFrom-Json
        $json.name | Should -Be 'flag'
        $json.colors.hex | Should -Be '#FF0000', '#0000FF', '#008000'
        $json.colors[0].share | Should -Be 0.625
    }

    It 'gives one text a picture' {
        Copy-Item flag.ppm 'b.ppm'
        Get-KMeansPalette flag.ppm, b.ppm -As Css | Should -HaveCount 2
    }
}
