package dev.portcullis.cli;

class Placeholder {}
