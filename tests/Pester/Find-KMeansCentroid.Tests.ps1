BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $points = Import-KMeansPoint $samples/clusters.csv
    $start = $points | New-KMeansCentroid -K 3 -Method Random -Seed 1
}

Describe 'Find-KMeansCentroid over a point set' {
    It 'gives one assignment with the cluster and the distance of every point' {
        $near = $points | Find-KMeansCentroid -Centroid $start
        $near | Should -HaveCount 1
        $near | Should -BeOfType KMeansPS.KMeansAssignment
        $near.Cluster.Count | Should -Be 300
        $near.Distance.Count | Should -Be 300
    }

    It 'finds the nearest, as a plain search does' {
        $near = $points | Find-KMeansCentroid -Centroid $start
        foreach ($i in 0..299) {
            $point = $points.GetPoint($i)
            $distances = foreach ($centroid in $start) {
                [math]::Sqrt([math]::Pow($point[0] - $centroid.Centroid[0], 2) + [math]::Pow($point[1] - $centroid.Centroid[1], 2))
            }
            $least = ($distances | Measure-Object -Minimum).Minimum
            $near.Cluster[$i] | Should -Be $distances.IndexOf($least)
            [math]::Abs($near.Distance[$i] - $least) | Should -BeLessThan 1e-12
        }
    }

    It 'takes the centroids as <Name>' -ForEach @(
        @{ Name = 'arrays'; Centroid = { @((3, 3), (6, 2), (8, 5)) } }
        @{ Name = 'a two-dimensional array'; Centroid = { $m = [double[, ]]::new(3, 2); $m[0, 0] = 3; $m[0, 1] = 3; $m[1, 0] = 6; $m[1, 1] = 2; $m[2, 0] = 8; $m[2, 1] = 5; , $m } }
        @{ Name = 'a point set'; Centroid = { ConvertTo-KMeansPoint -InputObject (3, 3), (6, 2), (8, 5) } }
        @{ Name = 'objects with numbers'; Centroid = { 'x,y', '3,3', '6,2', '8,5' | ConvertFrom-Csv } }
        @{ Name = 'centroid objects in any order'; Centroid = { (5, 2), (1, 3) | Out-Null; [KMeansPS.KMeansCentroid]::new(2, (8, 5), 0), [KMeansPS.KMeansCentroid]::new(0, (3, 3), 0), [KMeansPS.KMeansCentroid]::new(1, (6, 2), 0) } }
        @{ Name = 'centroid objects from a file'; Centroid = { [KMeansPS.KMeansCentroid]::new(0, (3, 3), 0), [KMeansPS.KMeansCentroid]::new(1, (6, 2), 0), [KMeansPS.KMeansCentroid]::new(2, (8, 5), 0) | ConvertTo-Json | ConvertFrom-Json } }
    ) {
        $near = $points | Find-KMeansCentroid -Centroid (& $Centroid)
        $near.Centroids.Count | Should -Be 3
        $near.Centroids.GetPoint(1) | Should -Be 6, 2
        $near.Centroids.GetPoint(2) | Should -Be 8, 5
    }

    It 'takes a model, and clusters' {
        $clusters = $points | Get-KMeansCluster -K 3 -Seed 1
        $ofModel = $points | Find-KMeansCentroid -Centroid $clusters[0].Model
        $ofClusters = $points | Find-KMeansCentroid -Centroid $clusters
        "$($ofClusters.Cluster)" | Should -Be "$($ofModel.Cluster)"
    }

    It 'refuses arrays that do not fit the points, and reshapes nothing' {
        (Get-FirstError { $points | Find-KMeansCentroid -Centroid @((1, 2, 3), (4, 5, 6)) }).FullyQualifiedErrorId | Should -Be 'DimensionDiffers,KMeansPS.Commands.FindKMeansCentroidCommand'
        (Get-FirstError { $points | Find-KMeansCentroid -Centroid 1, 2, 3, 4 }).FullyQualifiedErrorId | Should -Match '^DimensionDiffers,'
        { $points | Find-KMeansCentroid -Centroid @((1, 2), (4, 5, 6)) } | Should -Throw '*2*3*'
        { $points | Find-KMeansCentroid -Centroid @((1, 'two'), (4, 5)) } | Should -Throw "*'two'*"
    }

    It 'refuses centroids whose cluster numbers have gaps' {
        { $points | Find-KMeansCentroid -Centroid $start[0, 2] } | Should -Throw '*0, 2*'
    }
}

Describe 'Find-KMeansCentroid over objects' {
    It 'gives one object for each, with its cluster and distance, and leaves the original as it was' {
        $rows = Import-Csv $samples/servers.csv
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1
        $near = $rows | Find-KMeansCentroid -Property Cpu, Memory -Centroid $clusters
        $near | Should -HaveCount $rows.Count
        $near.Name | Should -Be $rows.Name
        ($near | Group-Object Cluster -AsHashTable)[2].Count | Should -Be $clusters[2].Count
        $rows[0].PSObject.Properties['Cluster'] | Should -BeNullOrEmpty
    }

    It 'reads the columns that the model was made from' {
        $rows = Import-Csv $samples/servers.csv
        $model = ($rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1)[0].Model
        $rows | Find-KMeansCentroid -Centroid $model | Should -HaveCount $rows.Count
    }

    It 'answers each object at once' {
        $script:produced = 0
        $first = 1..100 | ForEach-Object { $script:produced++; $_ } | Find-KMeansCentroid -Centroid 10, 20 | Select-Object -First 1
        $first.Point | Should -Be 1
        $produced | Should -Be 1
    }

    It 'gives a number or an array back as Point' {
        $near = (1, 1), (9, 9) | Find-KMeansCentroid -Centroid @((0, 0), (9, 8))
        $near[1].Point | Should -Be 9, 9
        $near.Cluster | Should -Be 0, 1
        $near[1].Distance | Should -Be 1
    }

    It 'refuses to hide a property' {
        { [pscustomobject]@{ x = 1; Cluster = 2 } | Find-KMeansCentroid -Property x -Centroid 1, 2 } | Should -Throw -ErrorId 'PropertyExists,KMeansPS.Commands.FindKMeansCentroidCommand'
    }

    It 'reports one bad row and goes on' {
        $near = 1, 'x', 3 | ForEach-Object { [pscustomobject]@{ v = $_ } } | Find-KMeansCentroid -Centroid 1, 3 -ErrorVariable errors -ErrorAction SilentlyContinue
        $near.Cluster | Should -Be 0, 1
        "$errors" | Should -Match "Row 2.*'v'.*'x'"
    }
}

Describe 'Find-KMeansCentroid -Model' {
    BeforeAll {
        $rows = Import-Csv $samples/servers.csv
        $clusters = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale ZScore
        $labels = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale ZScore -PassThru
    }

    It 'scales points as those of the run were, and gives the clusters and distances of the run' {
        $near = $rows | Find-KMeansCentroid -Model $clusters[0].Model
        $near.Cluster | Should -Be $labels.Cluster
        $near.Distance | Should -Be $labels.Distance
        $plain = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -PassThru
        "$($near.Distance)" | Should -Not -Be "$($plain.Distance)"
    }

    It 'takes the clusters of a model, and -Centroid takes the model' {
        ($rows | Find-KMeansCentroid -Model $clusters).Distance | Should -Be $labels.Distance
        ($rows | Find-KMeansCentroid -Centroid $clusters[0].Model).Distance | Should -Be $labels.Distance
        ($rows | Find-KMeansCentroid -Centroid $clusters).Distance | Should -Be $labels.Distance
    }

    It 'picks the columns of the model by their names' {
        $turned = $rows | Select-Object Memory, Disk, Cpu
        ($turned | Find-KMeansCentroid -Model $clusters).Cluster | Should -Be $labels.Cluster
        (Import-KMeansPoint $samples/servers.csv -Property Cpu, Memory | Find-KMeansCentroid -Model $clusters).Cluster | Should -Be $labels.Cluster
    }

    It 'gives centroids in the units of the caller' {
        $near = Import-KMeansPoint $samples/servers.csv -Property Cpu, Memory | Find-KMeansCentroid -Model $clusters
        $near.Centroids.GetPoint(1) | Should -Be $clusters[1].Centroid
    }

    It 'measures in the precision of the model' {
        $single = Import-KMeansPoint $samples/clusters.csv -Precision Single
        $run = $single | Get-KMeansCluster -K 5 -Seed 1 -PassThru
        $model = ($single | Get-KMeansCluster -K 5 -Seed 1)[0].Model
        $near = Import-Csv $samples/clusters.csv | Find-KMeansCentroid -Model $model
        $near.Cluster | Should -Be $run.Cluster
        $near.Distance | Should -Be $run.Distance
    }

    It 'refuses other columns and dimensions' {
        $e = Get-FirstError { Import-KMeansPoint $samples/servers.csv -Property Memory, Cpu | Find-KMeansCentroid -Model $clusters }
        $e.FullyQualifiedErrorId | Should -Be 'ColumnsDiffer,KMeansPS.Commands.FindKMeansCentroidCommand'
        "$e" | Should -Match 'Memory, Cpu.*Cpu, Memory'
        (Get-FirstError { Import-KMeansPoint $samples/servers.csv | Find-KMeansCentroid -Model $clusters }).FullyQualifiedErrorId | Should -Match '^DimensionDiffers,'
        (Get-FirstError { $rows | Select-Object Cpu | Find-KMeansCentroid -Model $clusters }).FullyQualifiedErrorId | Should -Match '^PropertyMissing,'
        { $rows | Find-KMeansCentroid -Model 'model.json' } | Should -Throw
    }
}

Describe 'Find-KMeansCentroid of a stream' {
    BeforeAll {
        $lines = 0..599999 | ForEach-Object { "$($_ % 3 * 10),$($_ % 7)" }
        [IO.File]::WriteAllLines("$TestDrive/many.csv", @('x,y') + $lines)
        $stream = Import-KMeansPoint $TestDrive/many.csv -Stream
        $centroids = @((0, 3), (10, 3), (20, 3))
    }

    It 'gives one assignment for each batch, and together that of all points' {
        $parts = @($stream | Find-KMeansCentroid -Centroid $centroids)
        $parts.Count | Should -BeGreaterThan 1
        $whole = Import-KMeansPoint $TestDrive/many.csv | Find-KMeansCentroid -Centroid $centroids
        [Linq.Enumerable]::SequenceEqual([int[]] $parts.Cluster, [int[]] $whole.Cluster) | Should -BeTrue
        [Linq.Enumerable]::SequenceEqual([double[]] $parts.Distance, [double[]] $whole.Distance) | Should -BeTrue
    }

    It 'scales the points as a model' {
        $model = ($stream | Get-KMeansCluster -K 3 -MiniBatch -Scale ZScore -Seed 1)[0].Model
        $parts = @($stream | Find-KMeansCentroid -Model $model)
        $whole = Import-KMeansPoint $TestDrive/many.csv | Find-KMeansCentroid -Model $model
        ($parts.Distance | Measure-Object -Sum).Sum | Should -Be ($whole.Distance | Measure-Object -Sum).Sum
    }

    It 'tells of rows that are no points, and goes on' {
        [IO.File]::WriteAllLines("$TestDrive/bad.csv", @('x,y', '0,1', 'oops,2', '10,2'))
        $found = Import-KMeansPoint $TestDrive/bad.csv -Stream | Find-KMeansCentroid -Centroid $centroids -ErrorVariable errors -ErrorAction SilentlyContinue
        $found.Cluster | Should -Be 0, 1
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -Match '^PointRowBroken,|^PointSourceRowBroken,|RowBroken'
    }

    It 'refuses centroids of another dimension, and stops where the file is gone' {
        (Get-FirstError { $stream | Find-KMeansCentroid -Centroid @((1, 2, 3), (4, 5, 6)) }).FullyQualifiedErrorId | Should -Match '^DimensionDiffers,'
        [IO.File]::WriteAllLines("$TestDrive/gone.csv", @('x,y', '0,1'))
        $gone = Import-KMeansPoint $TestDrive/gone.csv -Stream
        Remove-Item $TestDrive/gone.csv
        (Get-FirstError { $gone | Find-KMeansCentroid -Centroid $centroids }).CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
