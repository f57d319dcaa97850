@echo off
rem Installs Rigstate from this folder, without a network: install.cmd [FOLDER] [--no-shortcut]
setlocal
set "check=import sys; sys.exit(sys.version.split('.')[:2] != '{python}'.split('.'))"
for %%p in ("py -{python}" "python" "python3") do (
    %%~p -c "%check%" >nul 2>nul && (
        %%~p "%~dp0install.py" %*
        goto :end
    )
)
echo install: there is no Python {python} on this computer, for which this bundle was made. 1>&2
set failed=1
:end
if not defined failed if errorlevel 1 set failed=1
rem Whoever has double-clicked wants to read what was said.
if "%~1"=="" pause
if defined failed exit /b 1
exit /b 0
