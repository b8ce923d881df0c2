"""The parties stage: what makes a watchlist match."""
