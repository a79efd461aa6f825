"""What people see: Result and Role as blocks, printed plainly or with rich, and the two front ends of the quiz."""
