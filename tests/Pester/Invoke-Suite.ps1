<#
.SYNOPSIS
    Runs the Pester suite against a module that is laid out already.
.DESCRIPTION
    Finds Pester 5.5 or a later 5.x on the module path, or else saves it from the gallery into out/modules, never into
    the profile of the user. With -ResultPath the result of every It is written there as JSON; the exit code is the
    number of tests that failed.
#>
[CmdletBinding()]
param(
    # The folder of the module, with KMeansPS.psd1 in it.
    [Parameter(Mandatory)]
    [string] $ModuleFolder,

    # Where the results go, as JSON.
    [string] $ResultPath,

    # Which files or folders of tests to run.
    [string[]] $Path = $PSScriptRoot,

    # The seconds that the gallery gets to answer.
    [int] $GalleryTimeout = 60
)

$ErrorActionPreference = 'Stop'
$oldest = [version] '5.5'
$saved = Join-Path $PSScriptRoot '../../out/modules'

function Find-Pester {
    Get-Module -ListAvailable -Name Pester, (Join-Path $saved 'Pester') -ErrorAction Ignore |
        Where-Object { $_.Version -ge $oldest -and $_.Version.Major -eq 5 } |
        Sort-Object Version -Descending |
        Select-Object -First 1
}

function Save-Pester {
    $null = New-Item -ItemType Directory -Force $saved
    $job = Start-Job {
        $ProgressPreference = 'SilentlyContinue'
        if (Get-Command Save-PSResource -ErrorAction Ignore) {
            Save-PSResource Pester -Version "[$using:oldest, 6.0)" -Path $using:saved -TrustRepository
        }
        else {
            Save-Module Pester -MinimumVersion $using:oldest -MaximumVersion 5.99.99 -Path $using:saved -Force
        }
    }
    $null = Wait-Job $job -Timeout $GalleryTimeout
    Remove-Job $job -Force
}

function Get-Failure($test) {
    for ($item = $test; $item; $item = $item.PSObject.Properties['Parent'] ? $item.Parent : $item.PSObject.Properties['Block'] ? $item.Block : $null) {
        if ($item.ErrorRecord) {
            return ($item.ErrorRecord | ForEach-Object {
                    $_.Exception.Message
                    $_.ScriptStackTrace -split '\r?\n' -match '\.Tests\.ps1|Suite\.ps1: '
                }) -join "`n"
        }
    }

    'It failed without a message.'
}

function Write-Result([object[]] $result) {
    if ($ResultPath) {
        ConvertTo-Json -InputObject $result | Set-Content -LiteralPath $ResultPath
    }
}

if (-not (Find-Pester)) {
    Save-Pester
}

$pester = Find-Pester
if (-not $pester) {
    $reason = "Pester $oldest or later is neither on the module path nor to be had from the gallery."
    Write-Result @{ Name = "Pester suite, not run: $reason"; SkipReason = $reason }
    Write-Warning $reason
    exit 0
}

Import-Module $pester.Path
$env:KMEANSPS_MODULE = (Resolve-Path -LiteralPath $ModuleFolder).ProviderPath
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration
$results = @(
    foreach ($test in $run.Tests) {
        @{
            Name       = $test.ExpandedPath
            Failure    = if ($test.Result -eq 'Failed') { Get-Failure $test }
            SkipReason = if ($test.Result -notin 'Passed', 'Failed') { "$($test.Result): $($test.ErrorRecord)" }
        }
    }
    foreach ($container in $run.FailedContainers) {
        @{ Name = "$($container.Item)"; Failure = "The file could not be read as tests: $($container.ErrorRecord)" }
    }
)
Write-Result $results
exit $run.FailedCount + $run.FailedContainersCount
