BeforeAll {
    . $PSScriptRoot/Suite.ps1
}

Describe 'Update-KMeansCentroid' {
    It 'gives the mean of the points of each cluster' {
        $rows = (1, 1), (3, 3), (10, 0), (20, 0)
        $near = ConvertTo-KMeansPoint -InputObject $rows | Find-KMeansCentroid -Centroid @((0, 0), (15, 0))
        $moved = ConvertTo-KMeansPoint -InputObject $rows | Update-KMeansCentroid -Assignment $near -Centroid @((0, 0), (15, 0))
        $moved.Cluster | Should -Be 0, 1
        $moved.Count | Should -Be 2
        $moved[0].Count, $moved[1].Count | Should -Be 2, 2
        $moved[0].Centroid | Should -Be 2, 2
        $moved[1].Centroid | Should -Be 15, 0
    }

    It 'keeps the place of a cluster without points' {
        $moved = 1, 2, 3 | Update-KMeansCentroid -Assignment 0, 0, 2 -Centroid 0, 50, 9
        $moved.Centroid | Should -Be 1.5, 50, 3
        $moved.ForEach({ $_.Count }) | Should -Be 2, 0, 1
    }

    It 'takes the objects of Find-KMeansCentroid as the assignment' {
        $rows = Import-Csv $samples/clusters.csv
        $start = $rows | New-KMeansCentroid -K 3 -Seed 1
        $near = $rows | Find-KMeansCentroid -Centroid $start
        $ofObjects = $rows | Update-KMeansCentroid -Assignment $near -Centroid $start
        $points = Import-KMeansPoint $samples/clusters.csv
        $ofPoints = $points | Update-KMeansCentroid -Assignment ($points | Find-KMeansCentroid -Centroid $start) -Centroid $start
        "$($ofObjects.Centroid)" | Should -Be "$($ofPoints.Centroid)"
    }

    It 'is the step that Get-KMeansCluster -Trace shows' {
        $points = Import-KMeansPoint $samples/clusters.csv
        $start = $points | New-KMeansCentroid -K 3 -Method Random -Seed 1
        $moved = $points | Update-KMeansCentroid -Assignment ($points | Find-KMeansCentroid -Centroid $start) -Centroid $start
        $step = ($points | Get-KMeansCluster -Centroid $start -Trace)[0].Model.Trace[1]
        foreach ($centroid in $moved) {
            "$($centroid.Centroid)" | Should -Be "$($step.Centroids.GetPoint($centroid.Cluster))"
        }
    }

    It 'refuses an assignment of other points' {
        (Get-FirstError { 1, 2, 3 | Update-KMeansCentroid -Assignment 0, 1 -Centroid 1, 2 }).FullyQualifiedErrorId | Should -Be 'AssignmentDiffers,KMeansPS.Commands.UpdateKMeansCentroidCommand'
        (Get-FirstError { 1, 2, 3 | Update-KMeansCentroid -Assignment 0, 1, 2 -Centroid 1, 2 }).FullyQualifiedErrorId | Should -Match '^AssignmentDiffers,'
        { 1, 2, 3 | Update-KMeansCentroid -Assignment 0, 'one', 1 -Centroid 1, 2 } | Should -Throw '*Item 2*'
    }

    It 'refuses centroids of another dimension' {
        (Get-FirstError { 1, 2 | Update-KMeansCentroid -Assignment 0, 1 -Centroid @((1, 2), (3, 4)) }).FullyQualifiedErrorId | Should -Match '^DimensionDiffers,'
    }
}
