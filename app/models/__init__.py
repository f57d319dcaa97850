"""What the views show: Qt item models over frozen values. They show and never edit by themselves; no
widgets here.
"""
