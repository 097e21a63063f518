BeforeDiscovery {
    $module = if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { Join-Path $PSScriptRoot '../../out/KMeansPS' }
    $manifest = Import-PowerShellDataFile (Join-Path $module 'KMeansPS.psd1')
}

BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $manifest = Import-PowerShellDataFile (Join-Path $module 'KMeansPS.psd1')
}

Describe 'The module' {
    It 'has a manifest without faults, and the version of the build' {
        $tested = Test-ModuleManifest (Join-Path $module 'KMeansPS.psd1')
        [xml] $props = Get-Content (Join-Path $PSScriptRoot '../../Directory.Build.props')
        "$($tested.Version)" | Should -Be ($props.SelectSingleNode('//Version').InnerText)
        $tested.CompatiblePSEditions | Should -Be 'Core'
        $tested.PrivateData.PSData.Tags | Should -Contain 'PSEdition_Core'
        $tested.LicenseUri | Should -Not -BeNullOrEmpty
        $tested.ReleaseNotes | Should -Not -BeNullOrEmpty
    }

    It 'exports exactly what the manifest names' {
        (Get-Command -Module KMeansPS).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'has a Pester file for each cmdlet' {
        $manifest.CmdletsToExport | ForEach-Object { Join-Path $PSScriptRoot "$_.Tests.ps1" | Should -Exist }
    }

    It 'gives its types their names in a fresh process' {
        Invoke-Fresh "'{0} {1} {2}' -f [KMeansPS.KMeansModel].Name, [KMeansPS.PointSet].Name, [KMeansPS.Imaging.Palette].Name" | Should -Be 'KMeansModel PointSet Palette'
    }

    It 'can be imported again in one process' {
        Invoke-Fresh "Remove-Module KMeansPS; Import-Module '$module'; Import-Module '$module' -Force; (1, 2, 9 | Get-KMeansCluster -Centroid 1, 9).ForEach({ `$_.Count }) -join ' '" | Should -Be '2 1'
    }

    It 'works in many runspaces at once' {
        $inertia = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:module
            (Import-KMeansPoint "$using:samples/clusters.csv" | Get-KMeansCluster -K 3 -Seed 1)[0].Model.Inertia
        } -ThrottleLimit 4
        $inertia | Should -HaveCount 8
        $inertia | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'shows <Name> in 80 columns' -ForEach @(
        @{ Name = 'clusters'; Make = { Import-KMeansPoint $samples/clusters.csv | Get-KMeansCluster -K 3 -Seed 1 }; Expected = 'Cluster +Count +Centroid +Inertia' }
        @{ Name = 'centroids'; Make = { Import-KMeansPoint $samples/clusters.csv | New-KMeansCentroid -K 3 -Seed 1 }; Expected = 'Cluster +Count +Centroid' }
        @{ Name = 'an assignment'; Make = { Import-KMeansPoint $samples/clusters.csv | Find-KMeansCentroid -Centroid @((1, 2), (3, 4)) }; Expected = 'Count +K +Picture +Cluster +Distance' }
        @{ Name = 'a point set'; Make = { Import-KMeansPoint $samples/clusters.csv }; Expected = 'Count +Dimension +Type +Picture +Columns' }
        @{ Name = 'a model'; Make = { (1, 2, 9 | Get-KMeansCluster -K 2 -Seed 1)[0].Model }; Expected = 'K +Dimension +Inertia +Iterations +Converged +Seed' }
        @{ Name = 'a trace'; Make = { (1, 2, 9 | Get-KMeansCluster -K 2 -Seed 1 -Trace)[0].Model.Trace }; Expected = 'Iteration +Inertia +Moved +Shift' }
        @{ Name = 'the result of a compression'; Make = { Compress-ImageKMeans $samples/rocket.jpg -DestinationPath "$TestDrive/x.png" }; Expected = 'Name +Size +Colors +Before +After +Ratio +PSNR' }
        @{ Name = 'a palette'; Make = { Get-KMeansPalette $samples/coffee.png }; Expected = 'Hex +R +G +B +Share +Name +Swatch' }
        @{ Name = 'a comparison of pictures'; Make = { Compare-KMeansImage $samples/coffee.png $samples/coffee.png }; Expected = 'Difference +Size +MSE +PSNR +SSIM +DeltaE +DeltaE95' }
    ) {
        $lines = (& $Make | Out-String -Width 80) -split '\r?\n' -replace '\e\[[\d;]*m'
        ($lines -match $Expected) | Should -HaveCount 1
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }
}
