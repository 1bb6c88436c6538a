"""A connection: kept alive, fair, patient, pipelined; and each request judged by its head."""
