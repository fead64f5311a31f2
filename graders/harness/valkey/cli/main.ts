process.stderr.write('not built yet');
