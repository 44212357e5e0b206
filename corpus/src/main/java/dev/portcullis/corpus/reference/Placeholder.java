package dev.portcullis.corpus.reference;

class Placeholder {}
