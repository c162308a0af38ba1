package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;

/** A client's second message, taken apart. */
record ClientFinal(Bytes binding, String nonce, Bytes proof, String withoutProof) {
    static ClientFinal parse(String text) {
        var attributes = new ScramAttributes(text);
        var binding = attributes.nextBase64('c');
        var nonce = attributes.next('r');
        attributes.skipUntil('p');
        var withoutProof = text.substring(0, attributes.position() - 1);
        var proof = attributes.nextBase64('p');
        if (proof.length() != Sha256.LENGTH || attributes.position() != text.length()) {
            throw ScramAttributes.malformed();
        }
        return new ClientFinal(binding, nonce, proof, withoutProof);
    }
}
