"""Control of use (käytönvalvonta, S8-10) and break-glass (hätäkatselu, SY-07)."""
