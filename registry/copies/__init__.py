"""The copy of one's data (jäljennös tiedoista): articles 15 and 20."""
