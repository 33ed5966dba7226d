require('cw1/register')
