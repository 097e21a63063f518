BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $points = Import-KMeansPoint $samples/clusters.csv
    $rows = Import-Csv $samples/servers.csv

    # What scikit-learn 1.2.1 says of iris from these centroids: inertia, silhouette, Calinski-Harabasz, Davies-Bouldin.
    $iris = Import-KMeansPoint $PSScriptRoot/../KMeansPS.Core.Tests/Data/iris.csv
    $expected = 78.8556658259773, 0.5511916046195917, 561.593732015664, 0.6660385791628499

    function Get-Figure($measure) {
        '{0:G9} {1:G9} {2:G9} {3:G9}' -f $measure.Inertia, $measure.Silhouette, $measure.CalinskiHarabasz, $measure.DaviesBouldin
    }
}

Describe 'Measure-KMeansCluster of a clustering' {
    BeforeAll {
        $clusters = $iris | Get-KMeansCluster -Centroid @(1, 51, 101 | ForEach-Object { , $iris.GetPoint($_) }) -Tolerance 0
        $figures = '{0:G9} {1:G9} {2:G9} {3:G9}' -f $expected
    }

    It 'measures clusters as scikit-learn does' {
        $measure = $clusters | Measure-KMeansCluster
        $measure | Should -HaveCount 1
        $measure | Should -BeOfType KMeansPS.Evaluation.KMeansMeasure
        Get-Figure $measure | Should -Be $figures
        $measure.K | Should -Be 3
        $measure.Size | Should -Be 50, 61, 39
        $measure.SilhouetteError | Should -Be 0
        $measure.SilhouetteSample | Should -Be 150
        $measure.IsKnee | Should -BeFalse
        $measure.Inertia | Should -Be $clusters[0].Model.Inertia
    }

    It 'gives the same from <Name>' -ForEach @(
        @{ Name = 'points and clusters'; Measure = { $iris | Measure-KMeansCluster -Centroid $clusters } }
        @{ Name = 'points and a model'; Measure = { $iris | Measure-KMeansCluster -Centroid $clusters[0].Model } }
        @{ Name = 'points and an assignment'; Measure = { $iris | Measure-KMeansCluster -Assignment ($iris | Find-KMeansCentroid -Centroid $clusters) } }
        @{ Name = 'points and numbers of clusters'; Measure = { $iris | Measure-KMeansCluster -Assignment ($iris | Find-KMeansCentroid -Centroid $clusters).Cluster } }
        @{ Name = 'objects and a model'; Measure = { Import-Csv $PSScriptRoot/../KMeansPS.Core.Tests/Data/iris.csv | Measure-KMeansCluster -Centroid $clusters[0].Model } }
        @{ Name = 'objects with their cluster'; Measure = { Import-Csv $PSScriptRoot/../KMeansPS.Core.Tests/Data/iris.csv | Find-KMeansCentroid -Centroid $clusters[0].Model | Measure-KMeansCluster } }
        @{ Name = 'clusters of objects'; Measure = { Import-Csv $PSScriptRoot/../KMeansPS.Core.Tests/Data/iris.csv | Get-KMeansCluster -Centroid $clusters -Tolerance 0 | Measure-KMeansCluster } }
        @{ Name = 'clusters of objects from a file'; Measure = { Import-Csv $PSScriptRoot/../KMeansPS.Core.Tests/Data/iris.csv | Get-KMeansCluster -Centroid $clusters -Tolerance 0 | Select-Object Cluster, Centroid, Group | ConvertTo-Json -Depth 3 | ConvertFrom-Json | Measure-KMeansCluster } }
        @{ Name = 'clusters as an argument'; Measure = { Measure-KMeansCluster -InputObject $clusters } }
        @{ Name = 'arrays with their cluster'; Measure = { 0..149 | ForEach-Object { , $iris.GetPoint($_) } | Find-KMeansCentroid -Centroid $clusters[0].Model | Measure-KMeansCluster } }
    ) {
        Get-Figure (& $Measure) | Should -Be $figures
    }

    It 'measures the named properties of objects with other numbers' {
        $labeled = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -PassThru
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1
        Get-Figure ($labeled | Measure-KMeansCluster -Property Cpu, Memory) | Should -Be (Get-Figure ($clusters | Measure-KMeansCluster))
    }

    It 'measures each run that is given' {
        $runs = 2, 3 | ForEach-Object { $points | Get-KMeansCluster -K $_ -Seed 1 }
        ($runs | Measure-KMeansCluster).K | Should -Be 2, 3
        $runs = 2, 3 | ForEach-Object { $rows | Get-KMeansCluster -Property Cpu, Memory -K $_ -Seed 1 }
        $measures = $runs | Measure-KMeansCluster
        $measures.K | Should -Be 2, 3
        $measures.Inertia | Should -Be ($runs.Model.Inertia | Select-Object -Unique)
    }

    It 'leaves the measures of one cluster empty, and says why' {
        $measure = $points | Measure-KMeansCluster -K 1 -Seed 1 -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'K = 1'
        $measure.Inertia | Should -BeGreaterThan 0
        $measure.Silhouette | Should -BeNullOrEmpty
        $measure.CalinskiHarabasz | Should -BeNullOrEmpty
        $measure.DaviesBouldin | Should -BeNullOrEmpty
    }

    It 'counts a -Weight as so many points' {
        $few = 'x,w', '0,3', '1,1', '10,2', '12,2' | ConvertFrom-Csv
        $all = 'x', 0, 0, 0, 1, 10, 10, 12, 12 | ConvertFrom-Csv
        $expected = Get-Figure ($all | Measure-KMeansCluster -Centroid 0, 11)
        Get-Figure ($few | Measure-KMeansCluster -Property x -Weight w -Centroid 0, 11) | Should -Be $expected
        Get-Figure ($few | Find-KMeansCentroid -Property x -Centroid 0.25, 11 | Measure-KMeansCluster -Weight w) | Should -Be (Get-Figure ($all | Measure-KMeansCluster -Centroid 0.25, 11))
        $run = $few | Get-KMeansCluster -Property x -Weight w -K 2 -Seed 1 | Measure-KMeansCluster -Weight w
        Get-Figure $run | Should -Be (Get-Figure ($few | Measure-KMeansCluster -Property x -Weight w -K 2 -Seed 1))
        Get-Figure $run | Should -Be (Get-Figure ($all | Measure-KMeansCluster -K 2 -Seed 1))
    }

    It 'leaves the silhouette empty for weights below 1, and says why' {
        $measure = 'x,w', '0,0.5', '1,1', '10,2', '12,2' | ConvertFrom-Csv | Measure-KMeansCluster -Property x -Weight w -Centroid 0, 11 -WarningVariable warning -WarningAction SilentlyContinue
        $measure.Silhouette | Should -BeNullOrEmpty
        $measure.DaviesBouldin | Should -BeGreaterThan 0
        "$warning" | Should -Match 'weights below 1'
    }

    It 'warns of centroids without points' {
        $measure = $points | Measure-KMeansCluster -Centroid @((3, 3), (6, 2), (1000, 1000)) -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match '1 of the 3 centroids'
        $measure.K | Should -Be 2
    }

    It 'takes a sample of many points, and states its error' {
        $many = [double[, ]]::new(20001, 2)
        $random = [Random]::new(1)
        foreach ($i in 0..20000) { $many[$i, 0] = $random.NextDouble() + $i % 3; $many[$i, 1] = $random.NextDouble() }
        $set = ConvertTo-KMeansPoint -InputObject $many
        $start = @((0.5, 0.5), (1.5, 0.5), (2.5, 0.5))
        $measure = $set | Measure-KMeansCluster -Centroid $start
        $measure.SilhouetteSample | Should -Be 2000
        $measure.SilhouetteError | Should -BeGreaterThan 0
        ($set | Measure-KMeansCluster -Centroid $start).Silhouette | Should -Be $measure.Silhouette
        ($set | Measure-KMeansCluster -Centroid $start -Seed 2).Silhouette | Should -Not -Be $measure.Silhouette
        $exact = $set | Measure-KMeansCluster -Centroid $start -SampleSize 20001
        $exact.SilhouetteError | Should -Be 0
        [math]::Abs($exact.Silhouette - $measure.Silhouette) | Should -BeLessThan (5 * $measure.SilhouetteError)
    }

    It 'goes through a file' {
        $file = "$TestDrive/measure.json"
        $clusters | Measure-KMeansCluster | ConvertTo-Json | Set-Content $file
        Get-Figure (Get-Content $file | ConvertFrom-Json) | Should -Be $figures
        $clusters | Measure-KMeansCluster | Export-Clixml "$TestDrive/measure.xml"
        Get-Figure (Import-Clixml "$TestDrive/measure.xml") | Should -Be $figures
    }

    It 'refuses what does not tell its cluster' {
        (Get-FirstError { $iris | Measure-KMeansCluster }).FullyQualifiedErrorId | Should -Be 'NotClustered,KMeansPS.Commands.MeasureKMeansClusterCommand'
        { $rows | Measure-KMeansCluster } | Should -Throw -ErrorId 'NotClustered,*' -ExpectedMessage '*-Centroid*'
    }

    It 'refuses some clusters of a run' {
        $e = Get-FirstError { $clusters[0, 1] | Measure-KMeansCluster }
        $e.FullyQualifiedErrorId | Should -Match '^ClusterMissing,'
        "$e" | Should -Match '39 of the 150 points'
        $some = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 | Select-Object -First 3
        (Get-FirstError { $some | Measure-KMeansCluster }).FullyQualifiedErrorId | Should -Match '^ClusterMissing,'
    }

    It 'refuses -Property for the clusters of a point set, which has its columns' {
        (Get-FirstError { $clusters | Measure-KMeansCluster -Property x }).FullyQualifiedErrorId | Should -Match '^PropertyOfPointSet,'
    }

    It 'refuses an assignment that does not fit' {
        (Get-FirstError { $iris | Measure-KMeansCluster -Assignment 0, 1 }).FullyQualifiedErrorId | Should -Match '^AssignmentDiffers,'
        (Get-FirstError { 1, 2, 3 | Measure-KMeansCluster -Assignment 0, -1, 0 }).FullyQualifiedErrorId | Should -Match '^AssignmentDiffers,'
        (Get-FirstError { $iris | Measure-KMeansCluster -Centroid @((1, 2), (3, 4)) }).FullyQualifiedErrorId | Should -Match '^DimensionDiffers,'
    }
}

Describe 'Measure-KMeansCluster -K' {
    It 'gives one row a K, and marks the knee' {
        $measures = $points | Measure-KMeansCluster -K (1..8) -Seed 1 -Restart 5 -WarningAction SilentlyContinue
        $measures.K | Should -Be (1..8)
        ($measures | Where-Object IsKnee).K | Should -Be 3
        foreach ($measure in $measures) {
            ($measure.Size | Measure-Object -Sum).Sum | Should -Be 300
            $measure.Size | Should -HaveCount $measure.K
            $measure.Seed | Should -Be 1
        }
    }

    It 'measures what Get-KMeansCluster finds' {
        $measures = $rows | Measure-KMeansCluster -Property Cpu, Memory -K 2, 4 -Seed 3 -Method Random -Restart 2
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 3 -Method Random -Restart 2
        $measures[1].Inertia | Should -Be $clusters[0].Model.Inertia
        Get-Figure $measures[1] | Should -Be (Get-Figure ($clusters | Measure-KMeansCluster))
    }

    It 'clusters and measures scaled points with -Scale' {
        $plain = $rows | ConvertTo-KMeansPoint -Property Cpu, Memory
        $measure = $rows | Measure-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale ZScore
        Get-Figure ($plain.ScaledBy('ZScore') | Measure-KMeansCluster -K 4 -Seed 1) | Should -Be (Get-Figure $measure)
        Get-Figure ($plain | Measure-KMeansCluster -K 4 -Seed 1) | Should -Not -Be (Get-Figure $measure)
    }

    It 'gives each K once, in ascending order' {
        ($points | Measure-KMeansCluster -K 4, 2, 4 -Seed 1).K | Should -Be 2, 4
    }

    It 'draws a seed and reports it' {
        $measure = $points | Measure-KMeansCluster -K 5 -Method Random
        Get-Figure ($points | Measure-KMeansCluster -K 5 -Method Random -Seed $measure.Seed) | Should -Be (Get-Figure $measure)
    }

    It 'gives the same for one thread and for all' {
        $one = $points | Measure-KMeansCluster -K (2..5) -Seed 1 -ThrottleLimit 1
        $all = $points | Measure-KMeansCluster -K (2..5) -Seed 1 -ThrottleLimit 0
        ($one | ConvertTo-Json) | Should -Be ($all | ConvertTo-Json)
    }

    It 'reports K above the number of points once, and does the rest' {
        $measures = 1, 2, 9, 10 | Measure-KMeansCluster -K (2..6) -Seed 1 -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $measures.K | Should -Be 2, 3, 4
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'KTooLarge,KMeansPS.Commands.MeasureKMeansClusterCommand'
    }

    It 'stops at the number of distinct points, and says so' {
        $measures = 5, 5, 5, 7, 7, 9 | Measure-KMeansCluster -K (2..5) -Seed 1 -WarningVariable warning -WarningAction SilentlyContinue
        $measures.K | Should -Be 2, 3
        "$warning" | Should -Match 'only 3 distinct points'
    }

    It 'shows itself in 80 columns' {
        $lines = ($points | Measure-KMeansCluster -K (2..9) -Seed 1 | Out-String -Width 80) -split '\r?\n' -replace '\e\[[\d;]*m'
        ($lines -match 'K +Inertia +Silhouette +CalinskiHarabasz +DaviesBouldin +IsKnee +Size') | Should -HaveCount 1
        ($lines -match ' knee ') | Should -HaveCount 1
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'refuses <_>' -ForEach '-K 0', '-K 2, -1', '-K 2 -Restart 0', '-K 2 -SampleSize 1', '-K 2 -Centroid 1, 2', '-K 2 -Assignment 1, 2', '-Restart 2' {
        { Invoke-Expression "1, 2, 3 | Measure-KMeansCluster $_ -ErrorAction Stop" } | Should -Throw
    }
}

Describe 'Measure-KMeansCluster, stopped' {
    It 'ends at once' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'; `$random = [Random]::new(1); `$rows = [double[,]]::new(100000, 8); foreach (`$i in 0..99999) { foreach (`$j in 0..7) { `$rows[`$i, `$j] = `$random.NextDouble() } }; `$set = ConvertTo-KMeansPoint -InputObject `$rows; 'ready'; 1..100 | ForEach-Object { `$set | Measure-KMeansCluster -Centroid `$set.GetPoint(1), `$set.GetPoint(2) -SampleSize 100000 }")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $handle = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while ($output.Count -eq 0 -and -not $handle.IsCompleted) { Start-Sleep -Milliseconds 50 }
        Start-Sleep -Milliseconds 500
        $shell.Stop()
        $handle.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}

Describe 'Measure-KMeansCluster of scaled runs' {
    It 'measures in the scale of the run, whatever came into it' {
        $points = Import-KMeansPoint $samples/servers.csv -Property Cpu, Memory
        $rows = Import-Csv $samples/servers.csv
        $expected = $points | ConvertTo-KMeansPoint -Scale ZScore | Measure-KMeansCluster -K 4 -Seed 1
        $clusters = $points | Get-KMeansCluster -K 4 -Seed 1 -Scale ZScore
        foreach ($measure in
            ($clusters | Measure-KMeansCluster),
            ($rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale ZScore | Measure-KMeansCluster),
            ($points | Measure-KMeansCluster -Centroid $clusters[0].Model)) {
            foreach ($property in 'Silhouette', 'CalinskiHarabasz', 'DaviesBouldin', 'Inertia') {
                [math]::Abs($measure.$property / $expected.$property - 1) | Should -BeLessThan 1e-9
            }
        }
    }
}
