@echo off
rem Installs Rigstate from this folder, without a network: install.cmd [FOLDER] [--no-shortcut]
setlocal DisableDelayedExpansion
set "failed="
set "check=import sys, sysconfig; sys.exit([sysconfig.get_platform(), *sys.version.split('.')[:2]] != ['{machine}', *'{python}'.split('.')])"
rem call, because a python may be a .bat, which would not come back here.
for %%p in ("py -{python}" "python" "python3") do (
    call %%~p -c "%check%" >nul 2>nul && (
        set "python=%%~p"
        goto found
    )
)
echo install: there is no Python {python} for {machine} on this computer, for which this bundle was made. 1>&2
set failed=1
goto end
rem Outside of the loop: within it a percent sign, or a bracket, in the name of a folder would be read as its own.
:found
%python% "%~dp0install.py" %*
if %errorlevel% neq 0 set failed=1
:end
rem Whoever has double-clicked wants to read what was said.
if "%~1"=="" pause
if defined failed exit /b 1
exit /b 0
