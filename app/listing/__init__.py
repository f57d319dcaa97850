"""Which sessions there are: found on disk, remembered, looked at again, asked over, told as one catalog."""
