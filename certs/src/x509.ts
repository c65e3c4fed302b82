// The library's container, tsyringe, refuses to load before this: hence the one door to both.
import 'reflect-metadata';

export * from '@peculiar/x509';
