#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds the module into out/KMeansPS, with the ImageSharp plug-in where its package can be restored.
.DESCRIPTION
    Build    lays out the module, then the plug-in beside it, and runs the plug-in's tests. Where the package
             SixLabors.ImageSharp cannot be restored it says so in one warning and goes on.
    Test     runs the Pester suite against out/KMeansPS.
    Package  builds and tests, and writes out/KMeansPS.<version>.zip; refuses to without the plug-in.
    Clean    removes out.
.EXAMPLE
    ./build.ps1

    Builds the module.
.EXAMPLE
    ./build.ps1 -Task Build, Test

    Builds the module and runs the Pester suite against it.
#>
[CmdletBinding()]
param(
    # What is to be done, in this order.
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$out = Join-Path $PSScriptRoot 'out'
$module = Join-Path $out 'KMeansPS'
$plugIn = Join-Path $PSScriptRoot 'src/KMeansPS.ImageSharp/KMeansPS.ImageSharp.sln'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Clear-Output {
    if (Test-Path $out) {
        Remove-Item $out -Recurse -Force
    }
}

function Test-PlugIn {
    Test-Path (Join-Path $module 'ImageSharp/KMeansPS.ImageSharp.dll')
}

function Build-PlugIn {
    $said = & dotnet restore $plugIn 2>&1
    if ($LASTEXITCODE -ne 0) {
        $reason = $said | Select-String 'error' | Select-Object -First 1
        Write-Warning "The ImageSharp plug-in is left out, since its package cannot be restored: $reason. The module reads JPEG, PNG, BMP and PNM, and neither WebP, TIFF, GIF, TGA nor QOI."
        return
    }

    Invoke-DotNet test $plugIn --configuration Release --no-restore
}

function Build-Module {
    if (Test-Path $module) {
        Remove-Item $module -Recurse -Force
    }

    Invoke-DotNet build (Join-Path $PSScriptRoot 'src/KMeansPS/KMeansPS.csproj') --configuration Release
    Build-PlugIn
    Write-Output "The module is in $module."
}

function Test-Module {
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1') -ModuleFolder $module
    if ($LASTEXITCODE -ne 0) {
        throw "$LASTEXITCODE tests of the Pester suite failed."
    }
}

function Publish-Package {
    Build-Module
    if (-not (Test-PlugIn)) {
        throw 'A release has the ImageSharp plug-in: build where the package SixLabors.ImageSharp can be restored.'
    }

    Test-Module
    $version = (Import-PowerShellDataFile (Join-Path $module 'KMeansPS.psd1')).ModuleVersion
    $package = Join-Path $out "KMeansPS.$version.zip"
    Remove-Item $package -ErrorAction Ignore
    [System.IO.Compression.ZipFile]::CreateFromDirectory($module, $package, 'Optimal', $true)
    Write-Output "The package is $package."
}

switch ($Task) {
    'Clean' { Clear-Output }
    'Build' { Build-Module }
    'Test' { Test-Module }
    'Package' { Publish-Package }
}
