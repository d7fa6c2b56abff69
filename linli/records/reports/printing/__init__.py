"""Everything on paper: A4 pages made from blocks, with Chinese type on any machine."""
