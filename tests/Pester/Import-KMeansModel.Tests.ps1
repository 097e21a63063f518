BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $points = Import-KMeansPoint $samples/clusters.csv
    $rows = Import-Csv $samples/servers.csv
    function New-Damaged([string] $Pattern, [string] $By) {
        $model = ($points | Get-KMeansCluster -K 3 -Seed 1)[0].Model
        $model | Export-KMeansModel "$TestDrive/whole.json" -Force
        $text = Get-Content "$TestDrive/whole.json" -Raw
        $text | Should -Match $Pattern
        Set-Content "$TestDrive/damaged.json" ($text -replace $Pattern, $By) -NoNewline
    }
}

Describe 'Import-KMeansModel' {
    It 'gives the model back to the last bit, in <Precision> with -Scale <Scale>' -ForEach @(
        foreach ($precision in 'Single', 'Double') { foreach ($scale in 'None', 'MinMax', 'ZScore') { @{ Precision = $precision; Scale = $scale } } }
    ) {
        $clusters = Import-KMeansPoint $samples/clusters.csv -Precision $Precision | Get-KMeansCluster -K 4 -Seed 2 -Scale $Scale
        $clusters | Export-KMeansModel "$TestDrive/model.json" -Force
        $model = Import-KMeansModel "$TestDrive/model.json"
        $model | Should -BeOfType KMeansPS.KMeansModel
        $model.Centroids.ElementType | Should -Be $clusters[0].Model.Centroids.ElementType
        foreach ($cluster in $clusters) {
            $centroid = $model.Centroids.GetPoint($cluster.Cluster)
            0, 1 | ForEach-Object { [BitConverter]::DoubleToInt64Bits($centroid[$_]) | Should -Be ([BitConverter]::DoubleToInt64Bits($cluster.Centroid[$_])) }
        }
        foreach ($property in 'K', 'RequestedK', 'Dimension', 'Inertia', 'Iterations', 'Converged', 'IsEstimate', 'Seed', 'Method') {
            $model.$property | Should -Be $clusters[0].Model.$property
        }
        $model.ColumnName | Should -Be 'x', 'y'
        $model.Counts | Should -Be $clusters[0].Model.Counts
        "$($model.Scaling)" | Should -Be $(if ($Scale -eq 'None') { '' } else { $Scale })
    }

    It 'gives a model in another process that finds the same clusters' {
        $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale MinMax | Export-KMeansModel "$TestDrive/m.json" -Force
        $labels = $rows | Get-KMeansCluster -Property Cpu, Memory -K 4 -Seed 1 -Scale MinMax -PassThru
        $found = Invoke-Fresh "Import-Csv '$samples/servers.csv' | Find-KMeansCentroid -Model (Import-KMeansModel '$TestDrive/m.json') | ForEach-Object Cluster"
        $found | Should -Be $labels.Cluster
    }

    It 'starts a run where the last one ended' {
        $first = ($points | Get-KMeansCluster -K 3 -Seed 1 -Tolerance 0 -Scale ZScore)[0].Model
        $first | Export-KMeansModel "$TestDrive/start.json" -Force
        $again = ($points | Get-KMeansCluster -Centroid (Import-KMeansModel "$TestDrive/start.json"))[0].Model
        $again.Inertia | Should -Be $first.Inertia
        $again.Iterations | Should -Be 1
        "$($again.Scaling)" | Should -Be 'ZScore'
    }

    It 'takes wildcards, literal paths and files from the pipe' {
        foreach ($name in 'a.json', 'b.json', '[c].json') {
            ($points | Get-KMeansCluster -K 2 -Seed 1)[0].Model | Export-KMeansModel "$TestDrive/in/$name" -Force
        }
        Import-KMeansModel "$TestDrive/in/?.json" | Should -HaveCount 2
        Import-KMeansModel -LiteralPath "$TestDrive/in/[c].json" | Should -HaveCount 1
        Get-ChildItem "$TestDrive/in" | Import-KMeansModel | Should -HaveCount 3
    }

    It 'refuses <Fault>, and names the file and the fault' -ForEach @(
        @{ Fault = 'a newer version'; Pattern = '"version": 1'; By = '"version": 2'; Id = 'ModelFileNewer'; Said = 'version 2' }
        @{ Fault = 'another format'; Pattern = 'KMeansPS model'; By = 'other'; Id = 'ModelFileForeign'; Said = 'no model of KMeansPS' }
        @{ Fault = 'a truncated file'; Pattern = '(?s)"clusters".*'; By = ''; Id = 'ModelFileBroken'; Said = 'line' }
        @{ Fault = 'K = 0'; Pattern = '"k": 3'; By = '"k": 0'; Id = 'ModelFileBroken'; Said = 'k is 0' }
        @{ Fault = 'more clusters than K'; Pattern = '"k": 3'; By = '"k": 2'; Id = 'ModelFileBroken'; Said = 'clusters has 3' }
        @{ Fault = 'a centroid of another length'; Pattern = '"centroid": \['; By = '"centroid": [1, '; Id = 'ModelFileBroken'; Said = 'centroid has 3 numbers' }
        @{ Fault = 'NaN'; Pattern = '"centroid": \[[^,]+'; By = '"centroid": [NaN'; Id = 'ModelFileBroken'; Said = 'line' }
        @{ Fault = 'an inertia that is not the sum'; Pattern = '"inertia": [\d.]+,\n'; By = "`"inertia`": 1,`n"; Id = 'ModelFileBroken'; Said = 'inertia' }
    ) {
        New-Damaged $Pattern $By
        $e = Get-FirstError { Import-KMeansModel "$TestDrive/damaged.json" }
        $e.FullyQualifiedErrorId | Should -Be "$Id,KMeansPS.Commands.ImportKMeansModelCommand"
        "$e" | Should -Match 'damaged\.json'
        "$e" | Should -Match $Said
    }

    It 'gives one error for a bad file and goes on' {
        New-Damaged '"k": 3' '"k": 4'
        $models = Import-KMeansModel "$TestDrive/damaged.json", "$TestDrive/none.json", "$TestDrive/whole.json" -ErrorVariable errors -ErrorAction SilentlyContinue
        $models | Should -HaveCount 1
        $errors.FullyQualifiedErrorId -replace ',.*' | Sort-Object | Should -Be 'ModelFileBroken', 'PathNotFound'
    }
}
