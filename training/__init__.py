"""From the development pages to the trees that boilerkill ships."""
