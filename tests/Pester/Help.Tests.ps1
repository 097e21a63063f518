BeforeDiscovery {
    $module = if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { Join-Path $PSScriptRoot '../../out/KMeansPS' }
    Import-Module $module
    $commands = foreach ($command in Get-Command -Module KMeansPS) {
        $help = Get-Help $command.Name -Full
        @{
            Name     = $command.Name
            Examples = foreach ($example in $help.Examples.Example) {
                @{ Title = $example.Title.Trim('- '); Code = "$($example.Code)" }
            }
        }
    }
}

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll {
        . $PSScriptRoot/Suite.ps1
        $help = Get-Help $Name -Full
    }

    It 'says what it does' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        $help.Syntax.SyntaxItem | Should -HaveCount (Get-Command $Name).ParameterSets.Count
    }

    It 'describes every parameter, and none that is not there' {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        $parameters = (Get-Command $Name).Parameters.Values.Where({ $_.Name -notin $common })
        $help.Parameters.Parameter.Name | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
        foreach ($parameter in $help.Parameters.Parameter) {
            ($parameter.Description | Out-String).Trim() | Should -Match '\.$' -Because $parameter.Name
        }
    }

    It 'has at least two examples' {
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'has an example that runs: <Title>' -ForEach $Examples {
        Push-Location $TestDrive
        try {
            Copy-Item $samples -Destination samples -Recurse -Force -Exclude *.k*.png
            $result = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $Code")) 3>&1
            $result | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -BeNullOrEmpty
            if ($Code -notmatch 'Export-KMeansImage|Remove-Item') {
                $result | Should -Not -BeNullOrEmpty
            }
        }
        finally {
            Pop-Location
            Get-ChildItem $TestDrive | Remove-Item -Recurse -Force
        }
    }
}

Describe 'about_KMeansPS' {
    It 'is found, and names every cmdlet' {
        $module = if ($env:KMEANSPS_MODULE) { $env:KMEANSPS_MODULE } else { Join-Path $PSScriptRoot '../../out/KMeansPS' }
        $about = Get-Content (Join-Path $module 'en-US/about_KMeansPS.help.txt') -Raw
        foreach ($command in (Get-Command -Module KMeansPS).Name) {
            $about | Should -Match $command
        }
    }
}
