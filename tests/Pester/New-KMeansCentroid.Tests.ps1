BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $points = Import-KMeansPoint $samples/clusters.csv
}

Describe 'New-KMeansCentroid' {
    It 'chooses K points with <_>' -ForEach 'Random', 'KMeansPlusPlus' {
        $centroids = $points | New-KMeansCentroid -K 5 -Method $_ -Seed 1
        $centroids.Count | Should -Be 5
        $centroids[0] | Should -BeOfType KMeansPS.KMeansCentroid
        $centroids.Cluster | Should -Be 0, 1, 2, 3, 4
        $rows = Import-Csv $samples/clusters.csv | ForEach-Object { "$([double]$_.x) $([double]$_.y)" }
        $centroids | ForEach-Object { "$($_.Centroid)" | Should -BeIn $rows }
    }

    It 'gives the same centroids for the same seed' {
        $first, $second = 1..2 | ForEach-Object { ($points | New-KMeansCentroid -K 4 -Seed 7 | ForEach-Object { "$($_.Centroid)" }) -join ';' }
        $first | Should -Be $second
    }

    It 'gives the same centroids for objects as for the file' {
        $ofFile = $points | New-KMeansCentroid -K 4 -Seed 7 | ForEach-Object { "$($_.Centroid)" }
        $ofObjects = Import-Csv $samples/clusters.csv | New-KMeansCentroid -K 4 -Seed 7 | ForEach-Object { "$($_.Centroid)" }
        $ofObjects | Should -Be $ofFile
    }

    It 'draws a seed where none is given, and reports it' {
        $drawn = $points | New-KMeansCentroid -K 3
        $again = $points | New-KMeansCentroid -K 3 -Seed $drawn[0].Seed
        "$($again.Centroid)" | Should -Be "$($drawn.Centroid)"
        $seeds = 1..5 | ForEach-Object { ($points | New-KMeansCentroid -K 1).Seed }
        ($seeds | Sort-Object -Unique).Count | Should -BeGreaterThan 1
    }

    It 'says with -Verbose what was chosen' {
        $said = $points | New-KMeansCentroid -K 3 -Seed 5 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'seed 5'
    }

    It 'warns where there are fewer distinct points than K' {
        $centroids = 1, 1, 2 | New-KMeansCentroid -K 3 -Seed 1 -WarningVariable warning -WarningAction SilentlyContinue
        $centroids.Count | Should -Be 2
        "$warning" | Should -Match '2 distinct points'
    }

    It 'refuses more centroids than points' {
        { 1, 2 | New-KMeansCentroid -K 3 -ErrorAction Stop } | Should -Throw -ErrorId 'KTooLarge,KMeansPS.Commands.NewKMeansCentroidCommand'
    }

    It 'takes every processor, or as many threads as are asked for, to the same end' {
        $one = $points | New-KMeansCentroid -K 6 -Seed 2 -ThrottleLimit 1
        $all = $points | New-KMeansCentroid -K 6 -Seed 2
        "$($one.Centroid)" | Should -Be "$($all.Centroid)"
    }
}

Describe 'Points as input' {
    It 'takes numbers as points of one dimension' {
        $centroids = 1, 2, 3 | New-KMeansCentroid -K 3 -Seed 1
        $centroids.Centroid | Sort-Object | Should -Be 1, 2, 3
    }

    It 'takes piped arrays as points' {
        ((1, 2), (3, 4), (5, 6) | New-KMeansCentroid -K 3 -Seed 1)[0].Centroid.Count | Should -Be 2
    }

    It 'takes a list of arrays as an argument' {
        (New-KMeansCentroid -InputObject (1, 2), (3, 4) -K 2 -Seed 1)[0].Centroid.Count | Should -Be 2
    }

    It 'takes a two-dimensional array as an argument' {
        $matrix = [double[, ]]::new(3, 4)
        $matrix[1, 0] = 1
        $matrix[2, 0] = 2
        $centroids = New-KMeansCentroid -InputObject $matrix -K 3 -Seed 1
        $centroids.Count | Should -Be 3
        $centroids[0].Centroid.Count | Should -Be 4
    }

    It 'takes dictionaries, in an order that does not change' {
        (@{ b = 2; a = 1 } | New-KMeansCentroid -K 1 -Seed 1).Centroid | Should -Be 1, 2
        ([ordered]@{ b = 2; a = 1 } | New-KMeansCentroid -K 1 -Seed 1).Centroid | Should -Be 2, 1
    }

    It 'takes by default every property that is a number, or text that is one in any culture' {
        $row = [pscustomobject]@{ Name = 'x'; Size = 3; Text = '1.5'; When = [datetime]::Now; Kind = [System.IO.FileMode]::Open; Good = $true; Letter = [char]'7'; Comma = '1,5' }
        ($row | New-KMeansCentroid -K 1 -Seed 1).Centroid | Should -Be 3, 1.5
        Invoke-Fresh "[cultureinfo]::CurrentCulture = 'de-DE'; ([pscustomobject]@{ a = '1.5' } | New-KMeansCentroid -K 1 -Seed 1).Centroid.ForEach({ `$_.ToString([cultureinfo]::InvariantCulture) })" | Should -Be '1.5'
    }

    It 'reports a row without a property, names both, and goes on' {
        $rows = [pscustomobject]@{ a = 1; b = 1 }, [pscustomobject]@{ a = 2 }, [pscustomobject]@{ a = 3; b = '' }, [pscustomobject]@{ a = 4; b = 4 }
        $centroids = $rows | New-KMeansCentroid -K 2 -Seed 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $centroids.Count | Should -Be 2
        $errors.Count | Should -Be 2
        $errors[0].FullyQualifiedErrorId | Should -Be 'PropertyMissing,KMeansPS.Commands.NewKMeansCentroidCommand'
        "$($errors[0])" | Should -Match "Row 2 .*'b'"
        $errors[0].TargetObject.a | Should -Be 2
        "$($errors[1])" | Should -Match "Row 3 .*'b'"
    }

    It 'reports a property that is no number, or not a finite one' {
        $rows = [pscustomobject]@{ a = 1 }, [pscustomobject]@{ a = 'much' }, [pscustomobject]@{ a = [double]::NaN }, [pscustomobject]@{ a = '-Infinity' }, [pscustomobject]@{ a = 5 }
        $centroids = $rows | New-KMeansCentroid -K 2 -Seed 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $centroids.Centroid | Sort-Object | Should -Be 1, 5
        $errors.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'PropertyNotNumeric', 'ValueNotFinite', 'ValueNotFinite'
        "$($errors[0])" | Should -Match "Row 2.*'a'.*'much'"
    }

    It 'reports an array of another length' {
        (1, 2), (3, 4, 5), (6, 7) | New-KMeansCentroid -K 2 -Seed 1 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -HaveCount 2
        $errors.FullyQualifiedErrorId | Should -Match '^RowLengthDiffers,'
    }

    It 'takes text that is a number, and refuses other text' {
        ('1', '2.5' | New-KMeansCentroid -K 2 -Seed 1).Centroid | Sort-Object | Should -Be 1, 2.5
        (Get-FirstError { 'abc' | New-KMeansCentroid -K 1 }).FullyQualifiedErrorId | Should -Match '^PropertyNotNumeric,'
        ('abc' | New-KMeansCentroid -K 1 -Property Length).Centroid | Should -Be 3
    }

    It 'refuses -Property for what has none' {
        (Get-FirstError { (1, 2), (3, 4) | New-KMeansCentroid -K 1 -Property x }).FullyQualifiedErrorId | Should -Match '^PropertyMissing,'
        (Get-FirstError { $points | New-KMeansCentroid -K 1 -Property x }).FullyQualifiedErrorId | Should -Match '^PropertyOfPointSet,'
    }

    It 'says so where there are no points at all' {
        (Get-FirstError { @() | New-KMeansCentroid -K 1 }).FullyQualifiedErrorId | Should -Match '^NoPoint,'
        (Get-FirstError { 'a', 'b' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | New-KMeansCentroid -K 1 }).FullyQualifiedErrorId | Should -Match '^PropertyNotNumeric,'
    }

    It 'refuses values whose squares no number holds' {
        (Get-FirstError { 1e300, 1 | New-KMeansCentroid -K 1 }).FullyQualifiedErrorId | Should -Match '^ValueTooLarge,'
    }

    It 'takes several point sets as several jobs' {
        ($points, $points | New-KMeansCentroid -K 2 -Seed 1).Cluster | Should -Be 0, 1, 0, 1
    }
}
