"""Search, suggest: BM25F over weighted fields, with typo tolerance, in pure Python."""
