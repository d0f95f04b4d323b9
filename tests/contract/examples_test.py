#!/usr/bin/env python3
"""The examples of what is written can be sent: people copy them from /docs/ into a shell.

Each operation with a body is sent with its first example, as somebody who may, on the sample data; the answer must be a
success, and be as described. A few cannot stand for themselves, and say why. Run as answers_test.py is.
"""
import json
import os
import pathlib
import sys
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import answers_test as answers  # noqa: E402

# What an example cannot hold, because only the running platform knows it.
NEEDS = {
    "logIn": "the password of an account",
    "refreshSession": "a token that was given before",
    "logOut": "a token that was given before",
    "changePassword": "the password of an account",
    "notifyPayment": "a provider's signature",
    "openPayment": "an order's key",
    "cancelOrder": "an order that was placed",
    "importProducts": "a table, not JSON, of a product that nobody has",
    "importLots": "a table, not JSON, of a base and an SKU that are there",
    "importReceipts": "a table, not JSON, of a lot of which something is still to come",
    "receiveStock": "a lot of which something is still to come",
    "decideSandboxPayment": "a payment that was opened",
    "correctOnboarding": "an application that was returned, and its key",
    "moveOnboarding": "an application",
    "enrolSecondFactor": "the password of an account",
    "confirmSecondFactor": "the password of an account, and its telephone",
    "removeSecondFactor": "the password of an account, and its telephone",
    "makeApiKey": "an owner's password",
    "exchangeApiKey": "an API key",
    "invite": "an owner, or the number of a merchant's house",
    "previewInvitation": "an invitation's token",
    "acceptInvitation": "an invitation's token",
    "resetPasswordByLink": "a link's token",
    "changeMember": "an owner's own people",
    "changeBundle": "a bundle of one's own",
    "changeServicePhone": "an owner of that house",
    "setBundleListed": "a bundle",
    "appendToEvidence": "bytes of a file that was announced",
    "announceObjectionPaper": "a key that the page makes",
    "appendToObjectionPaper": "bytes of a file that was announced",
    "appendToPicture": "bytes of a picture that was announced",
    "draftApplication": "a product of one's own house, and a batch that takes applications",
    "editApplication": "a draft",
    "moveApplication": "an application",
    "renewApplication": "an application that ended",
    "objectToNotice": "a notice that is open",
    "answerObjection": "an objection",
    "markMessagesRead": "a message",
    "answerProposal": "a proposal of somebody else's",
    "freezeEdition": "something that changed since the last edition",
}


def first_example(content):
    media = content.get("application/json", {})
    for example in (media.get("examples") or {}).values():
        return answers.FILES.follow(example, "common")[0].get("value")
    return media.get("example")


def tag_of(target, headers):
    request = urllib.request.Request(answers.BASE + target, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers.get("ETag", "")


class ExamplesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.staff = {role: answers.signed_in(role) for role in answers.ROLES}

    def headers_for(self, name, operation, shared, target):
        roles = operation.get("x-roles", [])
        headers = {"Accept": "*/*", "Content-Type": "application/json"}
        if operation.get("security") and roles:
            headers.update(self.staff["operator" if "operator" in roles else roles[0]])
        for node in operation.get("parameters", []) + shared:
            parameter, _ = answers.FILES.follow(node, name)
            if parameter["name"] == "If-Match":
                headers["If-Match"] = tag_of(target.removesuffix("/versions").removesuffix("/confirmation").removesuffix("/papers").removesuffix("/playlist"), headers)
            if parameter["name"] == "Idempotency-Key":
                headers["Idempotency-Key"] = f"example-{os.getpid()}-{operation['operationId']}"
        return headers

    def test_they_are_taken(self):
        sent = 0
        for name, path, method, operation, shared in answers.FILES.operations():
            body = operation.get("requestBody")
            if body is None or operation["operationId"] in NEEDS:
                continue
            with self.subTest(operation["operationId"]):
                example = first_example(answers.FILES.follow(body, name)[0]["content"])
                self.assertIsNotNone(example, "it has no example to send")
                in_target = [node for node in operation.get("parameters", []) + shared
                             if answers.FILES.follow(node, name)[0]["in"] != "header"]
                target = answers.target_of(name, path, in_target)
                headers = self.headers_for(name, operation, shared, target)
                status, media_type, text = answers.send(method.upper(), target, json.dumps(example).encode(), headers)
                self.assertEqual(answers.faults(name, operation, status, media_type, text), [])
                self.assertLess(status, 300, text.decode(errors="replace"))
                sent += 1
        print(f"{sent} examples taken")


if __name__ == "__main__":
    unittest.main()
