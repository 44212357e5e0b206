package dev.portcullis.corpus;

class Placeholder {}
