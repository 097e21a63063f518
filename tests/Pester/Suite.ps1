# What every file of the suite starts with: the module under test, the samples, and a few ways to ask.
$module = if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { Join-Path $PSScriptRoot '../../out/KMeansPS' }
$samples = (Resolve-Path (Join-Path $PSScriptRoot '../../samples')).ProviderPath
Import-Module $module

# The first error of a script block that is not to stop at it.
function Get-FirstError([scriptblock] $Script) {
    $ErrorActionPreference = 'Continue'
    $null = & $Script 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } -OutVariable found
    $found[0]
}

# A fresh process, as a user would start it; its output as text.
function Invoke-Fresh([string] $Script) {
    $pwsh = (Get-Process -Id $PID).Path
    & $pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; Import-Module '$module'; $Script"
}
