"""The `jishan` command, one module for each noun it acts on."""
