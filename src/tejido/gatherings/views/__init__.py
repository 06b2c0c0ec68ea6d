"""Pages of gatherings, by what people do on them."""
