BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $points = Import-KMeansPoint $samples/clusters.csv
    $rows = Import-Csv $samples/servers.csv
}

Describe 'Get-KMeansCluster' {
    It 'gives one object a cluster, in the manner of Group-Object' {
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1
        $clusters | Should -HaveCount 4
        $clusters[0] | Should -BeOfType KMeansPS.KMeansCluster
        $clusters.Cluster | Should -Be 0, 1, 2, 3
        $clusters.Name | Should -Be 0, 1, 2, 3
        ($clusters.ForEach({ $_.Count }) | Measure-Object -Sum).Sum | Should -Be $rows.Count
        foreach ($cluster in $clusters) {
            $cluster.Group.Count | Should -Be $cluster.Count
            $mean = ($cluster.Group | ForEach-Object { [double]$_.Cpu } | Measure-Object -Average).Average
            [math]::Abs($mean - $cluster.Centroid[0]) | Should -BeLessThan 1e-9
        }
        $clusters[0].Group[0] | Should -BeIn $rows
        $clusters[0].Model.ColumnName | Should -Be 'Cpu', 'Memory'
        ($clusters.Inertia | Measure-Object -Sum).Sum | Should -BeLessThan ($clusters[0].Model.Inertia + 1e-6)
    }

    It 'gives the values of the points of a point set' {
        $clusters = $points | Get-KMeansCluster -K 3 -Seed 1
        $clusters[0].Group.Count | Should -Be $clusters[0].Count
        $clusters[0].Group[0].Count | Should -Be 2
        ($clusters | ForEach-Object { $_.Group } | ForEach-Object { $_[0] } | Measure-Object -Average).Average |
            Should -BeGreaterThan 0
    }

    It 'gives objects that go to a file and back' {
        $clusters = $points | Get-KMeansCluster -K 3 -Seed 1 -Trace
        $json = $clusters | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
        $json[1].Centroid | Should -Be $clusters[1].Centroid
        $json[1].Model.Inertia | Should -Be $clusters[1].Model.Inertia
        $clusters | Export-Clixml "$TestDrive/clusters.xml"
        $near = $points | Find-KMeansCentroid -Centroid (Import-Clixml "$TestDrive/clusters.xml")
        $near.Centroids.GetPoint(2) | Should -Be $clusters[2].Centroid
    }

    It 'clusters numbers' {
        $clusters = 1, 2, 3, 10 | Get-KMeansCluster -K 2 -Seed 1
        $clusters.Centroid | Sort-Object | Should -Be 2, 10
        ($clusters | Where-Object Count -EQ 3).Group | Should -Be 1, 2, 3
    }

    It 'starts from given centroids: arrays, and K follows from them' {
        $clusters = $points | Get-KMeansCluster -Centroid @((3, 3), (6, 2), (8, 5))
        $clusters[0].Model.K | Should -Be 3
        $clusters[0].Model.Seed | Should -BeNullOrEmpty
    }

    It 'starts from the clusters of a run before, and stays there' {
        $clusters = $points | Get-KMeansCluster -K 3 -Seed 1 -Tolerance 0
        $again = $points | Get-KMeansCluster -Centroid $clusters
        $again[0].Model.Inertia | Should -Be $clusters[0].Model.Inertia
    }

    It 'keeps every step with -Trace' {
        $start = $points | New-KMeansCentroid -K 3 -Method Random -Seed 1
        $model = ($points | Get-KMeansCluster -Centroid $start -Trace)[0].Model
        $model.Trace.Count | Should -Be ($model.Iterations + 1)
        $model.Trace[0].Centroids.GetPoint(0) | Should -Be $start[0].Centroid
        foreach ($i in 1..$model.Iterations) {
            $model.Trace[$i].Inertia | Should -BeLessOrEqual ($model.Trace[$i - 1].Inertia * (1 + 1e-12))
        }
        ($points | Get-KMeansCluster -Centroid $start)[0].Model.Trace.Count | Should -Be 0
    }

    It 'draws another seed each time, and the seed brings the run back' {
        $runs = 1..4 | ForEach-Object { , ($points | Get-KMeansCluster -K 3 -Method Random) }
        ($runs | ForEach-Object { $_[0].Model.Seed } | Sort-Object -Unique).Count | Should -BeGreaterThan 1
        $again = $points | Get-KMeansCluster -K 3 -Method Random -Seed $runs[0][0].Model.Seed
        "$($again.Centroid)" | Should -Be "$($runs[0].Centroid)"
    }

    It 'never does worse with -Restart' {
        $one = ($points | Get-KMeansCluster -K 8 -Method Random -Seed 3)[0].Model.Inertia
        ($points | Get-KMeansCluster -K 8 -Method Random -Seed 3 -Restart 10)[0].Model.Inertia | Should -BeLessOrEqual $one
    }

    It 'stops at -MaxIterations and says that it has not converged' {
        $model = ($points | Get-KMeansCluster -K 5 -Method Random -Seed 1 -MaxIterations 1 -Tolerance 0)[0].Model
        $model.Iterations | Should -Be 1
        $model.Converged | Should -BeFalse
    }

    It 'gives the same for one thread and for all' {
        $one = $points | Get-KMeansCluster -K 4 -Seed 1 -ThrottleLimit 1
        $all = $points | Get-KMeansCluster -K 4 -Seed 1 -ThrottleLimit 0
        "$($one.Centroid)" | Should -Be "$($all.Centroid)"
    }

    It 'warns of fewer distinct points than clusters' {
        $clusters = 5, 5, 7 | Get-KMeansCluster -K 3 -Seed 1 -WarningVariable warning -WarningAction SilentlyContinue
        $clusters | Should -HaveCount 2
        "$warning" | Should -Match '2 distinct points'
    }

    It 'refuses K above the number of points, and says how many there are' {
        $e = Get-FirstError { 1, 2 | Get-KMeansCluster -K 3 }
        $e.FullyQualifiedErrorId | Should -Be 'KTooLarge,KMeansPS.Commands.GetKMeansClusterCommand'
        "$e" | Should -Match 'only 2 points'
    }

    It 'refuses <_>' -ForEach '-K 0', '-K -1', '-K 2 -Restart 0', '-K 2 -MaxIterations 0', '-K 2 -Tolerance -1', '-K 2 -Tolerance NaN', '-K 2 -ThrottleLimit -1', '-K 2 -Method None' {
        { Invoke-Expression "1, 2, 3 | Get-KMeansCluster $_ -ErrorAction Stop" } | Should -Throw
    }
}

Describe 'Get-KMeansCluster -PassThru' {
    It 'gives every object back with its cluster and distance, and leaves the original as it was' {
        $labeled = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -PassThru
        $labeled | Should -HaveCount $rows.Count
        $labeled[0].Name | Should -Be $rows[0].Name
        $labeled[0].Distance | Should -BeGreaterThan 0
        $rows[0].PSObject.Properties['Cluster'] | Should -BeNullOrEmpty
        ($labeled | Group-Object Cluster).Count | Should -Be 4
    }

    It 'leaves files as they were' {
        $files = Get-ChildItem $samples -File
        $labeled = $files | Get-KMeansCluster -Property Length -K 2 -Seed 1 -PassThru
        $labeled[0].Name | Should -Be $files[0].Name
        $files[0].PSObject.Properties['Cluster'] | Should -BeNullOrEmpty
        { $files | Get-KMeansCluster -Property Length -K 2 -Seed 1 -PassThru -ErrorAction Stop } | Should -Not -Throw
    }

    It 'refuses to hide a property' {
        { [pscustomobject]@{ x = 1; Distance = 2 } | Get-KMeansCluster -Property x -K 1 -PassThru } | Should -Throw -ErrorId 'PropertyExists,KMeansPS.Commands.GetKMeansClusterCommand'
        ([pscustomobject]@{ x = 1; Distance = 2 } | Get-KMeansCluster -Property x -K 1).Count | Should -Be 1
    }

    It 'gives the assignment of a point set' {
        $near = $points | Get-KMeansCluster -K 3 -Seed 1 -PassThru
        $near | Should -BeOfType KMeansPS.KMeansAssignment
        $near.Count | Should -Be 300
    }
}

Describe 'Get-KMeansCluster, stopped' {
    It 'ends at once' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'; `$random = [Random]::new(1); `$rows = [double[,]]::new(200000, 8); foreach (`$i in 0..199999) { foreach (`$j in 0..7) { `$rows[`$i, `$j] = `$random.NextDouble() } }; 'ready'; Get-KMeansCluster -InputObject `$rows -K 500 -Seed 1 -Tolerance 0 -MaxIterations 100000")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $handle = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while ($output.Count -eq 0 -and -not $handle.IsCompleted) { Start-Sleep -Milliseconds 50 }
        Start-Sleep -Seconds 1
        $shell.Stop()
        $handle.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $output.Count | Should -Be 1
        $shell.Dispose()
    }
}

Describe 'Get-KMeansCluster -MiniBatch' {
    BeforeAll {
        # More points than a sample takes: four blobs around the corners of a square.
        $random = [Random]::new(1)
        $lines = foreach ($i in 1..3000) { '{0:R},{1:R}' -f ($i % 2 * 100 + $random.NextDouble()), (($i -shr 1) % 2 * 100 + $random.NextDouble()) }
        $text = ($lines -join "`n") + "`n"
        [System.IO.File]::WriteAllText("$TestDrive/many.csv", $text * 30)
        $stream = Import-KMeansPoint $TestDrive/many.csv -Stream
        $many = Import-KMeansPoint $TestDrive/many.csv
    }

    It 'clusters a stream, and leaves the groups empty' {
        $clusters = $stream | Get-KMeansCluster -MiniBatch -K 4 -Seed 1
        $clusters | Should -HaveCount 4
        $clusters[0] | Should -BeOfType KMeansPS.KMeansCluster
        $clusters.ForEach({ $_.Count }) | Should -Be 22500, 22500, 22500, 22500
        $clusters[0].Group.Count | Should -Be 0
        $clusters[0].Model.IsEstimate | Should -BeFalse
        $clusters[0].Model.Seed | Should -Be 1
        $full = ($many | Get-KMeansCluster -K 4 -Seed 1)[0].Model.Inertia
        $clusters[0].Model.Inertia | Should -BeLessOrEqual ($full * 1.02)
        $stream.Count | Should -Be 90000
    }

    It 'gives the same for a stream and a point set, and for any number of threads' {
        $one = $stream | Get-KMeansCluster -MiniBatch -BatchSize 5000 -K 4 -Seed 1 -ThrottleLimit 1
        $all = $many | Get-KMeansCluster -MiniBatch -BatchSize 5000 -K 4 -Seed 1
        "$($one.Centroid)" | Should -Be "$($all.Centroid)"
        $all[0].Group.Count | Should -Be $all[0].Count
    }

    It 'estimates in one pass, and says so' {
        $clusters = $stream | Get-KMeansCluster -MiniBatch -MaxPasses 1 -K 4 -Seed 1
        $clusters[0].Model.IsEstimate | Should -BeTrue
        [math]::Abs($clusters[0].Count - 22500) | Should -BeLessThan 1000
        ($many | Get-KMeansCluster -MiniBatch -MaxPasses 1 -K 4 -Seed 1)[0].Group.Count | Should -Be 22500
    }

    It 'starts from given centroids, and takes objects' {
        ($stream | Get-KMeansCluster -MiniBatch -Centroid @((0, 0), (100, 100), (0, 100), (100, 0)))[1].Centroid[0] | Should -BeGreaterThan 100
        $clusters = 1, 2, 3, 10 | Get-KMeansCluster -MiniBatch -K 2 -Seed 1
        $clusters.Centroid | Sort-Object | Should -Be 2, 10
        ($clusters | Where-Object Count -EQ 3).Group | Should -Be 1, 2, 3
    }

    It 'reports a row that is no point once, and goes on' {
        'a,b', '1,2', 'x,3', '4,5' | Set-Content $TestDrive/bad.csv
        $clusters = Import-KMeansPoint $TestDrive/bad.csv -Stream | Get-KMeansCluster -MiniBatch -K 2 -Seed 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $clusters | Should -HaveCount 2
        $errors | Should -HaveCount 1
        $errors.FullyQualifiedErrorId | Should -Be 'PointRowBroken,KMeansPS.Commands.GetKMeansClusterCommand'
        "$errors" | Should -Match 'bad.csv: Line 3'
    }

    It 'refuses <Id>: <Code>' -ForEach @(
        @{ Code = '$stream | Get-KMeansCluster -K 2'; Id = 'MiniBatchMissing' }
        @{ Code = '$stream | Get-KMeansCluster -K 2 -MiniBatch -PassThru'; Id = 'PointStreamNotPassedThrough' }
        @{ Code = '$stream | Get-KMeansCluster -K 2 -MiniBatch -Property x'; Id = 'PropertyOfPointSet' }
        @{ Code = '$stream | Get-KMeansCluster -K 2 -MiniBatch -Weight x'; Id = 'WeightOfPointSet' }
        @{ Code = '$stream | Get-KMeansCluster -K 90001 -MiniBatch'; Id = 'KTooLarge' }
        @{ Code = '$stream | Get-KMeansCluster -MiniBatch -Centroid @(, (1, 2, 3))'; Id = 'DimensionDiffers' }
    ) {
        (Get-FirstError ([scriptblock]::Create($Code))).FullyQualifiedErrorId | Should -Match "^$Id,"
    }

    It 'refuses parameters that have no meaning together' {
        { $many | Get-KMeansCluster -K 2 -BatchSize 10 } | Should -Throw -ErrorId 'MiniBatchMissing,*'
        { $many | Get-KMeansCluster -K 2 -MaxPasses 2 } | Should -Throw -ErrorId 'MiniBatchMissing,*'
        { $many | Get-KMeansCluster -K 2 -MiniBatch -Trace } | Should -Throw -ErrorId 'MiniBatchNotTraced,*'
    }
}

Describe 'Get-KMeansCluster -Scale' {
    It 'reports centroids in the units of the caller with -Scale <_>' -ForEach 'MinMax', 'ZScore' {
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale $_ -Trace
        foreach ($cluster in $clusters) {
            $mean = ($cluster.Group | ForEach-Object { [double]$_.Memory } | Measure-Object -Average).Average
            [math]::Abs($mean - $cluster.Centroid[1]) | Should -BeLessThan 1e-9
            $clusters[0].Model.Trace[-1].Centroids.GetPoint($cluster.Cluster) | Should -Be $cluster.Centroid
        }
        "$($clusters[0].Model.Scaling)" | Should -Be $_
    }

    It 'finds groups that a column of large numbers hides' {
        $objects = foreach ($i in 0..9) { [pscustomobject]@{ Small = $i % 2; Large = 1000 * ($i % 5) } }
        $clusters = $objects | Get-KMeansCluster -K 2 -Seed 1 -Scale MinMax
        $clusters | ForEach-Object { $_.Group.Small | Sort-Object -Unique | Should -HaveCount 1 }
    }

    It 'does no harm to a constant column' {
        $objects = 1, 2, 9 | ForEach-Object { [pscustomobject]@{ x = $_; same = 0.1 } }
        $clusters = $objects | Get-KMeansCluster -K 2 -Seed 1 -Scale ZScore
        $clusters | ForEach-Object { $_.Centroid[1] | Should -Be 0.1 }
        $clusters[0].Model.Scaling.Factor[1] | Should -Be 1
    }

    It 'takes a point set that is scaled already, and goes on in the units of the caller' {
        $scaled = $points | ConvertTo-KMeansPoint -Scale ZScore
        $clusters = $scaled | Get-KMeansCluster -K 3 -Seed 1
        $whole = $points | Get-KMeansCluster -K 3 -Seed 1 -Scale ZScore
        "$($clusters.Centroid)" | Should -Be "$($whole.Centroid)"
        [math]::Abs($clusters[0].Group[0][0] - $whole[0].Group[0][0]) | Should -BeLessThan 1e-12
        ($scaled | Get-KMeansCluster -K 3 -Seed 1 -Scale None)[0].Model.Scaling | Should -BeNullOrEmpty
        $start = $scaled | New-KMeansCentroid -K 3 -Seed 1
        $near = $scaled | Find-KMeansCentroid -Centroid $start
        $step = $scaled | Update-KMeansCentroid -Assignment $near -Centroid $start
        $one = $points | Get-KMeansCluster -Scale ZScore -Centroid $start -MaxIterations 1
        foreach ($i in 0..2) {
            [math]::Abs($step[$i].Centroid[0] - $one[$i].Centroid[0]) | Should -BeLessThan 1e-9
        }
    }
}

Describe 'Get-KMeansCluster -Weight' {
    It 'counts a point as often as its weight says' {
        $objects = 'x,w', '1,1', '5,3', '40,2' | ConvertFrom-Csv
        $clusters = $objects | Get-KMeansCluster -K 2 -Seed 1 -Weight w | Sort-Object { $_.Centroid[0] }
        $clusters[0].Centroid | Should -Be 4
        $clusters[0].Count | Should -Be 2
        $clusters[0].Inertia | Should -Be 12
        $clusters[0].Model.ColumnName | Should -Be 'x'
        ($objects | Update-KMeansCentroid -Assignment 0, 0, 1 -Centroid 1, 2 -Weight w).Centroid | Should -Be 4, 40
        ($objects | New-KMeansCentroid -K 1 -Seed 1 -Weight w).Centroid | Should -HaveCount 1
    }

    It 'leaves rows of bad weight out, with one error each' {
        $objects = 'x,w', '1,1', '5,0', '6,-1', '7,NaN', '8,', '9,heavy', '2,1' | ConvertFrom-Csv
        $clusters = $objects | Get-KMeansCluster -K 1 -Weight w -ErrorVariable errors -ErrorAction SilentlyContinue
        $clusters[0].Centroid | Should -Be 1.5
        $errors.FullyQualifiedErrorId -replace ',.*' | Should -Be 'WeightNotPositive', 'WeightNotPositive', 'WeightNotPositive', 'PropertyMissing', 'PropertyNotNumeric'
        "$($errors[0])" | Should -Match "Row 2, property 'w'.*0"
    }

    It 'refuses -Weight for a point set, which has its own' {
        (Get-FirstError { $points | Get-KMeansCluster -K 2 -Weight x }).FullyQualifiedErrorId | Should -Match '^WeightOfPointSet,'
    }
}

Describe 'Get-KMeansCluster -Effort and -Algorithm' {
    It 'gives the same with every algorithm' {
        $all = foreach ($algorithm in [Enum]::GetNames([KMeansPS.KMeansAlgorithm])) {
            "$(($points | Get-KMeansCluster -K 6 -Seed 1 -Algorithm $algorithm).Centroid)"
        }
        $all | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'is never worse with -Effort Best, from given centroids too' {
        $start = $points | New-KMeansCentroid -K 8 -Method Random -Seed 3
        ($points | Get-KMeansCluster -Centroid $start -Effort Best)[0].Model.Inertia |
            Should -BeLessOrEqual ($points | Get-KMeansCluster -Centroid $start)[0].Model.Inertia
        ($points | Get-KMeansCluster -K 8 -Method Random -Seed 3 -Effort Best)[0].Model.Inertia |
            Should -BeLessOrEqual ($points | Get-KMeansCluster -K 8 -Method Random -Seed 3)[0].Model.Inertia
    }

    It 'takes -Effort Fast' {
        $fast = $points | Get-KMeansCluster -K 8 -Seed 3 -Effort Fast
        $fast | Should -HaveCount 8
        $fast[0].Model.Inertia | Should -BeLessThan (1.2 * ($points | Get-KMeansCluster -K 8 -Seed 3)[0].Model.Inertia)
    }

    It 'says with -Verbose what was chosen' {
        $said = $points | Get-KMeansCluster -K 2 -Seed 1 -Effort Best -Scale MinMax -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'Effort Best, algorithm Hamerly.*scale MinMax'
    }
}

Describe 'Get-KMeansCluster -MiniBatch with -Scale' {
    It 'scales points in memory, and goes on from a scaled model' {
        $model = ($points | Get-KMeansCluster -K 3 -Seed 1 -Scale ZScore -Tolerance 0)[0].Model
        $batches = ($points | Get-KMeansCluster -K 3 -Seed 1 -Scale ZScore -MiniBatch)[0].Model
        "$($batches.Scaling)" | Should -Be 'ZScore'
        $batches.Inertia | Should -BeLessThan ($model.Inertia * 1.02)
        $again = ($points | Get-KMeansCluster -Centroid $model -MiniBatch)[0].Model
        "$($again.Scaling)" | Should -Be 'ZScore'
        $again.Inertia | Should -BeLessThan ($model.Inertia * 1.02)
    }

    It 'scales a stream, and takes its weights' {
        0..69999 | ForEach-Object { [pscustomobject] @{ x = $_ % 2; y = $_ % 7 * 1000; w = 1 + $_ % 2 } } | Export-Csv $TestDrive/wide.csv
        $stream = Import-KMeansPoint $TestDrive/wide.csv -Stream -Weight w
        $stream.ColumnName | Should -Be 'x', 'y'
        $clusters = $stream | Get-KMeansCluster -K 2 -MiniBatch -Scale MinMax -Seed 1
        $clusters.ForEach{ $_.Centroid[0] } | Sort-Object | Should -Be 0, 1
        $whole = Import-KMeansPoint $TestDrive/wide.csv -Weight w | Get-KMeansCluster -K 2 -Scale MinMax -Seed 1
        $clusters[0].Model.Inertia | Should -BeLessThan ($whole[0].Model.Inertia * 1.001)
    }

    It 'clusters few points in memory as without it, and says so' {
        $said = $points | Get-KMeansCluster -K 3 -Seed 1 -MiniBatch -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'without -MiniBatch'
        "$(($points | Get-KMeansCluster -K 3 -Seed 1 -MiniBatch).Centroid)" | Should -Be "$(($points | Get-KMeansCluster -K 3 -Seed 1).Centroid)"
    }

    It 'refuses a weight for a stream, which has its own' {
        $stream = Import-KMeansPoint $samples/clusters.csv -Stream
        (Get-FirstError { $stream | Get-KMeansCluster -K 3 -MiniBatch -Weight x }).FullyQualifiedErrorId | Should -Match '^WeightOfPointSet,'
    }
}
