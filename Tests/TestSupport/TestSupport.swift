// Placeholder until the first server.
