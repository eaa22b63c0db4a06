"""The year in pictures: 一图读懂, as a page of the site, a long picture and a poster."""
