"""Pages about agendas and activities."""
