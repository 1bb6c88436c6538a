exports.value = 'late';
