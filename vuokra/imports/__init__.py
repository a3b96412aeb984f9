"""Reading XLSX and CSV into the register: headers, dry run, row report, progress."""
