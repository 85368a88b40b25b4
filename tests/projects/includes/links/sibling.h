#error "this one does not lie beside the link"
