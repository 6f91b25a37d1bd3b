int both(int n);
int run(int a, int b) {
  return (a && both(b)) || (b ? a / b : a % 3);
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 0))
        (then (return (call 5 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load offset=24 align=1 (local.get 0)))
      (local.set 3 (i32.load offset=28 align=1 (local.get 0)))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 40)))
  (block
    (block
      (br_if 0 (i32.lt_s (local.get 5) (i32.load offset=36 align=1 (i32.const 0))))
      (br_if 1 (i32.ge_s (local.get 1) (i32.const 1073741824))))
    (i32.store offset=24 align=1 (local.get 0) (local.get 2))
    (i32.store offset=28 align=1 (local.get 0) (local.get 3))
    (i32.store align=1 (local.get 0) (local.get 9))
    (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
    (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824)))
    (return (i32.const 0) (i32.const 0)))
  (block
    (block
      (block
        (block
          (block
            (block
              (if
                (i32.load8_u offset=$flags (i32.const 0))
                (then
                  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                  (i32.store offset=28 align=1 (local.get 0) (local.get 3))
                  (i32.store align=1 (local.get 0) (i32.const 0))
                  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                  (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741825)))
                  (br_if 0 (i32.eqz (call 1 (local.get 0))))
                  (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                  (local.set 9 (i32.const 1))
                  (br 3)))
              (local.set 11 (i32.ne (local.get 2) (i32.const 0)))
              (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
              (br_if 0 (i32.eqz (local.get 11)))
              (i32.store offset=76 align=1 (i32.const 0) (i32.const 0))
              (call 4 (local.get 5) (local.get 1) (local.get 3) (i32.const 0) (i32.const 0))
              (local.set 8)
              (if
                (i32.eqz (local.tee 1))
                (then (i32.store offset=8 align=1 (local.get 5) (local.get 0)) (local.set 9 (i32.const 2)) (br 6)))
              (local.set 10 (local.get 8))
              (local.set 11 (i32.ne (local.get 10) (i32.const 0))))
            (return
              (local.get 1)
              (if
                (result i32)
                (i32.ne (local.get 11) (i32.const 0))
                (then (i32.const 1))
                (else
                  (i32.ne
                    (if
                      (result i32)
                      (local.get 3)
                      (then
                        (local.tee 12 (local.get 2))
                        (local.tee 13 (local.get 3))
                        (if
                          (i32.or
                            (i32.eqz (local.get 13))
                            (i32.and
                              (i32.eq (local.get 13) (i32.const -1))
                              (i32.eq (local.get 12) (i32.const -2147483648))))
                          (then (local.set 7 (i32.const 0)) (local.set 9 (i32.const 3)) (br 3)))
                        (i32.div_s))
                      (else (i32.rem_s (local.get 2) (i32.const 3))))
                    (i32.const 0)))))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (i32.store offset=28 align=1 (local.get 0) (local.get 3))
  (i32.store offset=36 align=1 (local.get 5) (local.get 11))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 40)))
  (local.set 7 (i32.load offset=24 align=1 (local.get 0)))
  (local.set 8 (i32.load offset=28 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then (local.set 10 (i32.load offset=36 align=1 (local.get 3))))
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block (br_table 0 1 2 0 (local.get 1)))
                    (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                    (if
                      (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 1)) (br 6))))
                  (local.set 10 (i32.ne (local.get 7) (i32.const 0)))
                  (br_if 1 (i32.eqz (local.get 10)))
                  (i32.store offset=76 align=1 (i32.const 0) (i32.const 0))
                  (call 4 (local.get 3) (local.get 2) (local.get 8) (i32.const 0) (i32.const 0))
                  (local.set 6)
                  (if
                    (i32.eqz (local.tee 2))
                    (then (i32.store offset=8 align=1 (local.get 3) (local.get 0)) (local.set 1 (i32.const 2)) (br 8)))
                  (i32.store offset=16 align=1 (local.get 3) (local.get 6)))
                (local.set 9 (i32.load offset=16 align=1 (local.get 3)))
                (local.set 10 (i32.ne (local.get 9) (i32.const 0))))
              (return
                (local.get 2)
                (if
                  (result i32)
                  (i32.ne (local.get 10) (i32.const 0))
                  (then (i32.const 1))
                  (else
                    (i32.ne
                      (if
                        (result i32)
                        (local.get 8)
                        (then
                          (local.tee 11 (local.get 7))
                          (local.tee 12 (local.get 8))
                          (if
                            (i32.or
                              (i32.eqz (local.get 12))
                              (i32.and
                                (i32.eq (local.get 12) (i32.const -1))
                                (i32.eq (local.get 11) (i32.const -2147483648))))
                            (then (local.set 5 (i32.const 0)) (local.set 1 (i32.const 3)) (br 4)))
                          (i32.div_s))
                        (else (i32.rem_s (local.get 7) (i32.const 3))))
                      (i32.const 0)))))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (i32.store offset=28 align=1 (local.get 0) (local.get 8))
  (i32.store offset=36 align=1 (local.get 3) (local.get 10))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
