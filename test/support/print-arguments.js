/** Prints its arguments as JSON. */

console.log(JSON.stringify(process.argv.slice(2)))
