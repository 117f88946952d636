"""Papers that were handed out: number, code, frozen content, successor."""
