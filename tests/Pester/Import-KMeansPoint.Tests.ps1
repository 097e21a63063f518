BeforeAll {
    . $PSScriptRoot/Suite.ps1

    # An NPY file of version 1.0, little endian, of the shape (rows, columns).
    function Write-Npy([string] $LiteralPath, [string] $Type, [byte[]] $Data, [int[]] $Shape) {
        $head = "{'descr': '$Type', 'fortran_order': False, 'shape': ($($Shape -join ', ')), }"
        $head = $head.PadRight(117) + "`n"
        [byte[]] $bytes = 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0
        [System.IO.File]::WriteAllBytes($LiteralPath, $bytes + [System.Text.Encoding]::ASCII.GetBytes($head) + $Data)
    }
}

Describe 'Import-KMeansPoint' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'reads a table with a header' {
        $points = Import-KMeansPoint $samples/clusters.csv
        $points | Should -HaveCount 1
        $points.Count | Should -Be 300
        $points.Dimension | Should -Be 2
        $points.ColumnName | Should -Be 'x', 'y'
        $points.GetPoint(0) | Should -Be 6.8104, 2.9083
    }

    It 'reads the columns of numbers, or those that are named' {
        (Import-KMeansPoint $samples/servers.csv).ColumnName | Should -Contain 'Cpu'
        (Import-KMeansPoint $samples/servers.csv).ColumnName | Should -Not -Contain 'Name'
        (Import-KMeansPoint $samples/servers.csv -Property Memory, Cpu).ColumnName | Should -Be 'Memory', 'Cpu'
    }

    It 'reads tabs, semicolons, and tables without a header' {
        "a`tb", "1`t2" | Set-Content t.tsv
        (Import-KMeansPoint t.tsv).GetPoint(0) | Should -Be 1, 2
        '1;2', '3;4' | Set-Content s.csv
        (Import-KMeansPoint s.csv).Count | Should -Be 2
        (Import-KMeansPoint s.csv -Header p, q).ColumnName | Should -Be 'p', 'q'
        '1|2', '3|4' | Set-Content p.csv
        (Import-KMeansPoint p.csv -Delimiter '|').Dimension | Should -Be 2
    }

    It 'reads NPY in its own precision, or the one that is asked for' {
        Write-Npy "$TestDrive/f4.npy" '<f4' ([byte[]]([BitConverter]::GetBytes([float]1.5) + [BitConverter]::GetBytes([float]-2))) 1, 2
        $points = Import-KMeansPoint f4.npy
        $points.ElementType | Should -Be ([float])
        $points.GetPoint(0) | Should -Be 1.5, -2
        (Import-KMeansPoint f4.npy -Precision Double).ElementType | Should -Be ([double])
    }

    It 'takes wildcards, literal names and files from the pipe' {
        $null = New-Item -ItemType Directory many
        foreach ($name in '[1].csv', "na`u{ef}ve 2.csv", '-3.csv') {
            '1,2' | Set-Content -LiteralPath "many/$name"
        }

        (Import-KMeansPoint many/*.csv).ForEach({ $_.Count }) | Should -Be 1, 1, 1
        (Import-KMeansPoint -LiteralPath 'many/[1].csv').Count | Should -Be 1
        (Get-ChildItem many | Import-KMeansPoint) | Should -HaveCount 3
        ('many/-3.csv' | Import-KMeansPoint).Count | Should -Be 1
    }

    It 'reports a row that is no point, with file and line, and goes on' {
        'a,b', '1,2', 'x,3', '4,5' | Set-Content bad.csv
        $points = Import-KMeansPoint bad.csv -ErrorVariable errors -ErrorAction SilentlyContinue
        $points.Count | Should -Be 2
        $errors.FullyQualifiedErrorId | Should -Be 'PointRowBroken,KMeansPS.Commands.ImportKMeansPointCommand'
        "$errors" | Should -Match 'bad.csv'
        "$errors" | Should -Match '3'
    }

    It 'gives one error for a file that is broken, missing, a folder or elsewhere' {
        Set-Content empty.csv '' -NoNewline
        [System.IO.File]::WriteAllBytes("$TestDrive/cut.npy", [byte[]](0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0, 1))
        (Get-FirstError { Import-KMeansPoint empty.csv }).FullyQualifiedErrorId | Should -Match '^PointFileBroken,'
        (Get-FirstError { Import-KMeansPoint cut.npy }).FullyQualifiedErrorId | Should -Match '^PointFileBroken,'
        (Get-FirstError { Import-KMeansPoint nowhere.csv }).FullyQualifiedErrorId | Should -Match '^PathNotFound,'
        (Get-FirstError { Import-KMeansPoint no*where.csv }).FullyQualifiedErrorId | Should -Match '^PathNotFound,'
        (Get-FirstError { Import-KMeansPoint . }).FullyQualifiedErrorId | Should -Match '^PathIsFolder,'
        (Get-FirstError { Import-KMeansPoint Env:PATH }).FullyQualifiedErrorId | Should -Match '^ProviderNotFileSystem,'
        (Get-FirstError { Import-KMeansPoint Nope:/x }).FullyQualifiedErrorId | Should -Match '^PathNotResolved,'
    }
}

Describe 'Import-KMeansPoint -Stream' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'gives one object that knows what it can know without reading all' {
        $stream = Import-KMeansPoint $samples/clusters.csv -Stream
        $stream | Should -HaveCount 1
        $stream | Should -BeOfType KMeansPS.PointSource
        $stream.Dimension | Should -Be 2
        $stream.ColumnName | Should -Be 'x', 'y'
        $stream.Count | Should -BeNullOrEmpty
        $stream.Name | Should -Match 'clusters.csv$'
        ($stream | Out-String -Width 80) | Should -Match 'unknown'
        Write-Npy "$TestDrive/f4.npy" '<f4' ([byte[]]([BitConverter]::GetBytes([float]1.5) * 6)) 3, 2
        (Import-KMeansPoint f4.npy -Stream).Count | Should -Be 3
        (Import-KMeansPoint f4.npy -Stream -Precision Double).ElementType | Should -Be ([double])
    }

    It 'gives one error for a file that is no file of points' {
        Set-Content empty.csv '' -NoNewline
        (Get-FirstError { Import-KMeansPoint empty.csv -Stream }).FullyQualifiedErrorId | Should -Match '^PointFileBroken,'
        (Get-FirstError { Import-KMeansPoint nowhere.csv -Stream }).FullyQualifiedErrorId | Should -Match '^PathNotFound,'
    }

    It 'is refused by cmdlets that need all points at once' {
        $stream = Import-KMeansPoint $samples/clusters.csv -Stream
        foreach ($refused in { $stream | New-KMeansCentroid -K 2 }, { $stream | Measure-KMeansCluster -K 2 }) {
            (Get-FirstError $refused).FullyQualifiedErrorId | Should -Match '^PointStreamNotSupported,'
        }
    }
}

Describe 'Import-KMeansPoint -MemoryMap' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'maps an NPY file and says so' {
        Write-Npy "$TestDrive/f4.npy" '<f4' ([byte[]](1..6 | ForEach-Object { [BitConverter]::GetBytes([float]$_) })) 3, 2
        $points = Import-KMeansPoint f4.npy -MemoryMap -Verbose 4>&1 -WarningVariable warning
        $points[0].Message | Should -Match 'mapped'
        $points[1].GetPoint(2) | Should -Be 5, 6
        $warning | Should -BeNullOrEmpty
        ($points[1] | Get-KMeansCluster -K 3 -Seed 1).ForEach({ $_.Count }) | Should -Be 1, 1, 1
    }

    It 'reads what cannot be mapped, and warns' {
        $points = Import-KMeansPoint $samples/clusters.csv -MemoryMap -WarningVariable warning -WarningAction SilentlyContinue
        $points.Count | Should -Be 300
        "$warning" | Should -Match 'only NPY'
    }

    It 'is not given together with -Stream' {
        { Import-KMeansPoint $samples/clusters.csv -MemoryMap -Stream } | Should -Throw -ErrorId 'StreamAndMemoryMap,*'
    }
}

Describe 'Import-KMeansPoint -Weight' {
    It 'reads the weights from a column, which is then no coordinate' {
        Set-Content "$TestDrive/weighted.csv" 'x,w,y', '1,1,2', '5,3,6'
        $points = Import-KMeansPoint "$TestDrive/weighted.csv" -Weight w
        $points.ColumnName | Should -Be 'x', 'y'
        $points.IsWeighted | Should -BeTrue
        ($points | Get-KMeansCluster -K 1)[0].Centroid | Should -Be 4, 5
        (Import-KMeansPoint "$TestDrive/weighted.csv" -Property y -Weight w | Get-KMeansCluster -K 1)[0].Centroid | Should -Be 5
    }

    It 'leaves rows of bad weight out' {
        Set-Content "$TestDrive/bad.csv" 'x,w', '1,1', '5,0', '6,-2', '7,NaN', '8,', '3,1'
        $points = Import-KMeansPoint "$TestDrive/bad.csv" -Weight w -ErrorVariable errors -ErrorAction SilentlyContinue
        $points.Count | Should -Be 2
        $errors | Should -HaveCount 4
        "$errors" | Should -Match 'Line 3, column w: the weight is 0'
        (Get-FirstError { Import-KMeansPoint "$TestDrive/bad.csv" -Weight z }).FullyQualifiedErrorId | Should -Match '^PointFileBroken,'
    }
}
