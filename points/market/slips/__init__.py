"""Paper slips (离线单): numbers printed beforehand, entered by two people once the network is back, each once."""
