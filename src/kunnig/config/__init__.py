"""Settings, addresses and the `kunnig` command: where the house meets the machine."""
