"""Form definitions and answers: XLSForm and XForm in, typed rows out. Pure: no Django, no network, no clock of its own."""
