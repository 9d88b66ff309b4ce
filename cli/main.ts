console.error('No command.');
