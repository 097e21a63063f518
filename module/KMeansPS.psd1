@{
    RootModule             = 'KMeansPS.dll'
    ModuleVersion          = '0.0.0' # stamped by the build from Directory.Build.props
    GUID                   = '5b1f2c6e-0f5c-4c1c-9a3e-2f0d8a7c4e61'
    Author                 = 'The KMeansPS maintainers'
    CompanyName            = 'KMeansPS'
    Copyright              = '(c) the KMeansPS maintainers. MIT license.'
    Description            = 'k-means clustering of objects, tables and point files, and k-means compression of pictures to small indexed PNG files: compiled cmdlets over a fast C# core, with the same result on any machine and any number of threads.'

    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')

    RequiredAssemblies     = @('KMeansPS.Core.dll', 'KMeansPS.PointFiles.dll', 'KMeansPS.Imaging.dll')
    TypesToProcess         = @('KMeansPS.Types.ps1xml')
    FormatsToProcess       = @('KMeansPS.Format.ps1xml')

    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Compare-KMeansImage'
        'Compress-ImageKMeans'
        'ConvertTo-KMeansPoint'
        'Export-KMeansImage'
        'Export-KMeansModel'
        'Find-KMeansCentroid'
        'Get-KMeansCluster'
        'Get-KMeansPalette'
        'Import-KMeansModel'
        'Import-KMeansPoint'
        'Measure-KMeansCluster'
        'New-KMeansCentroid'
        'Update-KMeansCentroid'
    )

    PrivateData            = @{
        PSData = @{
            Tags         = @('kmeans', 'clustering', 'image', 'compression', 'palette', 'quantization', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/KMeansPS/KMeansPS/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/KMeansPS/KMeansPS'
            ReleaseNotes = 'First version: the steps of k-means and the whole run over objects, point files and pixels, and the compression of pictures.'
        }
    }
}
