BeforeDiscovery {
    $module = if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { Join-Path $PSScriptRoot '../../out/KMeansPS' }
    $missing = -not (Test-Path (Join-Path $module 'ImageSharp/KMeansPS.ImageSharp.dll'))
}

BeforeAll {
    . $PSScriptRoot/Suite.ps1
    $data = (Resolve-Path (Join-Path $PSScriptRoot '../KMeansPS.ImageSharp.Tests/Data')).ProviderPath
}

Describe 'The ImageSharp plug-in' -Skip:$missing {
    It 'reads <_> for Compress-ImageKMeans and ConvertTo-KMeansPoint' -ForEach 'gif', 'tga', 'tif' {
        $result = Compress-ImageKMeans "$data/netpbm.$_" -K 16 -DestinationPath "$TestDrive/"
        $result.Decoder | Should -Be 'ImageSharp'
        $result.Width, $result.Height | Should -Be 23, 11
        $expected = [System.IO.File]::ReadAllBytes("$data/pixels.rgb")
        (ConvertTo-KMeansPoint "$data/netpbm.$_").GetPoint(100) | Should -Be $expected[300..302]
        Remove-Item $result.Destination
    }

    It 'holds to the limit on pixels' {
        (Get-FirstError { ConvertTo-KMeansPoint "$data/netpbm.gif" -MaxPixel 10 }).FullyQualifiedErrorId | Should -Match '^ImageUnsupported,'
    }

    It 'is not loaded for what the module reads itself, and then into a context of its own' {
        $contexts = "[AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'SixLabors.ImageSharp' }).ForEach({ [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name })"
        Invoke-Fresh "`$null = ConvertTo-KMeansPoint '$samples/rocket.jpg'; $contexts" | Should -BeNullOrEmpty
        Invoke-Fresh "`$null = ConvertTo-KMeansPoint '$data/netpbm.gif'; $contexts" | Should -Be 'KMeansPS.ImageSharp'
    }
}
